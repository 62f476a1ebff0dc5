/**
 * A spectrum as people see and hear of it: few bands, evenly spaced to the ear,
 * and the strongest frequency.
 *
 * @module
 */

/** @typedef {{bins: Float32Array, rate: number}} Spectrum  dB per bin, from 0 Hz
 *   up to half the rate */

export const LOWEST_HZ = 40;
export const HIGHEST_HZ = 16_000;

/** What is below is not shown. */
export const LEAST_DB = -90;

/**
 * How strong each band is, from 0 (at most LEAST_DB) to 1 (full scale): that of
 * its strongest bin.
 *
 * @param {Spectrum} spectrum
 * @param {number} count  of bands
 * @returns {number[]}
 */
export function bandsOf({ bins, rate }, count) {
  const hzPerBin = rate / 2 / bins.length;
  const ratio = HIGHEST_HZ / LOWEST_HZ;
  return Array.from({ length: count }, (_, i) => {
    const low = LOWEST_HZ * ratio ** (i / count);
    const high = LOWEST_HZ * ratio ** ((i + 1) / count);
    const from = Math.min(bins.length - 1, Math.round(low / hzPerBin));
    const to = Math.max(from + 1, Math.round(high / hzPerBin));
    return fractionOf(strongestOf(bins, from, to));
  });
}

/**
 * In a loop: this runs for each level, and a spread makes an object of each bin.
 *
 * @param {Float32Array} bins
 * @param {number} from
 * @param {number} to
 */
function strongestOf(bins, from, to) {
  let strongest = -Infinity;
  for (let bin = from; bin < to; bin++) {
    strongest = Math.max(strongest, bins[bin]);
  }
  return strongest;
}

/**
 * The strongest frequency; null in silence.
 *
 * @param {Spectrum} spectrum
 */
export function strongestHz({ bins, rate }) {
  const hzPerBin = rate / 2 / bins.length;
  const from = Math.ceil(LOWEST_HZ / hzPerBin);
  const to = Math.floor(HIGHEST_HZ / hzPerBin);
  let strongest = from;
  for (let bin = from; bin < Math.min(to, bins.length); bin++) {
    strongest = bins[bin] > bins[strongest] ? bin : strongest;
  }
  return bins[strongest] > LEAST_DB ? strongest * hzPerBin : null;
}

/** @param {number} decibels */
function fractionOf(decibels) {
  return Math.min(1, Math.max(0, 1 - decibels / LEAST_DB));
}
