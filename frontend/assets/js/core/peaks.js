/**
 * The outline of a take: the least and the greatest sample of each 10 ms, as
 * int8 (full scale 127), over all channels. From it come the points of the live
 * waveform and, at the end, the thumbnail.
 */

export const POINTS_PER_SECOND = 100;
export const LIVE_POINTS_PER_SECOND = 20;
export const THUMBNAIL_POINTS = 1000;

const PER_LIVE_POINT = POINTS_PER_SECOND / LIVE_POINTS_PER_SECOND;

/**
 * Points of the live waveform from number `from` on.
 *
 * @typedef {{from: number, min: Int8Array, max: Int8Array}} LivePoints
 */

/** @param {number} rate  frames per second of what is pushed */
export function createPeaks(rate) {
  let min = new Int8Array(1024);
  let max = new Int8Array(1024);
  let points = 0;
  let frames = 0;
  let low = Infinity;
  let high = -Infinity;

  function closePoint() {
    if (points === min.length) {
      min = doubled(min);
      max = doubled(max);
    }
    min[points] = scaled(low);
    max[points] = scaled(high);
    points++;
    low = Infinity;
    high = -Infinity;
  }

  /** @param {number} from */
  function livePoints(from) {
    const to = Math.floor(points / PER_LIVE_POINT);
    const ends = range(to - from, (i) => (from + i + 1) * PER_LIVE_POINT);
    return {
      from,
      min: Int8Array.from(ends, (end) => least(min, end - PER_LIVE_POINT, end)),
      max: Int8Array.from(ends, (end) => most(max, end - PER_LIVE_POINT, end)),
    };
  }

  return {
    /**
     * @param {Float32Array[]} channels
     * @returns {LivePoints} those that are complete now and were not before
     */
    push(channels) {
      const from = Math.floor(points / PER_LIVE_POINT);
      const { length } = channels[0];
      for (let at = 0; at < length;) {
        const border = Math.ceil(((points + 1) * rate) / POINTS_PER_SECOND);
        const end = Math.min(length, at + border - frames);
        for (const samples of channels) {
          low = lowest(samples, at, end, low);
          high = highest(samples, at, end, high);
        }
        frames += end - at;
        at = end;
        if (frames === border) {
          closePoint();
        }
      }
      return livePoints(from);
    },

    /**
     * The whole take in THUMBNAIL_POINTS pairs (min, max) of int8; a short take
     * repeats points.
     */
    thumbnail() {
      const pairs = new Int8Array(2 * THUMBNAIL_POINTS);
      for (let i = 0; i < THUMBNAIL_POINTS && points > 0; i++) {
        const from = Math.floor((i * points) / THUMBNAIL_POINTS);
        const end = Math.ceil(((i + 1) * points) / THUMBNAIL_POINTS);
        pairs[2 * i] = least(min, from, end);
        pairs[2 * i + 1] = most(max, from, end);
      }
      return new Uint8Array(pairs.buffer);
    },
  };
}

/**
 * In a loop of its own: a number that outlives a function is one on the heap for
 * each sample.
 *
 * @param {Float32Array} samples
 * @param {number} from
 * @param {number} to
 * @param {number} low  so far
 */
function lowest(samples, from, to, low) {
  let least = low;
  for (let i = from; i < to; i++) {
    least = samples[i] < least ? samples[i] : least;
  }
  return least;
}

/**
 * @param {Float32Array} samples
 * @param {number} from
 * @param {number} to
 * @param {number} high  so far
 */
function highest(samples, from, to, high) {
  let most = high;
  for (let i = from; i < to; i++) {
    most = samples[i] > most ? samples[i] : most;
  }
  return most;
}

/** @param {number} sample */
function scaled(sample) {
  return Math.round(Math.max(-1, Math.min(1, sample)) * 127);
}

/** @param {Int8Array} values */
function doubled(values) {
  const more = new Int8Array(2 * values.length);
  more.set(values);
  return more;
}

/**
 * @param {number} length
 * @param {(i: number) => number} make
 */
function range(length, make) {
  return Array.from({ length }, (_, i) => make(i));
}

/**
 * @param {Int8Array} values
 * @param {number} from
 * @param {number} to
 */
function least(values, from, to) {
  return values.subarray(from, to).reduce((a, b) => Math.min(a, b), 127);
}

/**
 * @param {Int8Array} values
 * @param {number} from
 * @param {number} to
 */
function most(values, from, to) {
  return values.subarray(from, to).reduce((a, b) => Math.max(a, b), -128);
}
