/** Reads a recorded staircase (wav.js): is it whole, and if not, where not? */
import { STAIRS, STAIR_SECONDS, stairTone } from "./wav.js";

/** Rate at which recordings are looked at, and the step of looking. */
export const LOOK_RATE = 8000;
const LOOK_FRAMES = 80;
const WINDOW_FRAMES = 320;
const SILENCE = 0.005;

/**
 * @typedef {object} Fault
 * @property {number} at seconds into the recording
 * @property {number} jumpSeconds audio that is missing there (0…3.2: the
 *   staircase repeats)
 */

/**
 * @param {Float32Array} pcm
 * @param {number} start
 * @param {number} hz
 * @returns {number} the strength of a tone in a window (Goertzel)
 */
function strength(pcm, start, hz) {
  const c = 2 * Math.cos((2 * Math.PI * hz) / LOOK_RATE);
  let s1 = 0;
  let s2 = 0;
  for (let i = start; i < start + WINDOW_FRAMES; i++) {
    const s0 = pcm[i] + c * s1 - s2;
    s2 = s1;
    s1 = s0;
  }
  return s1 * s1 + s2 * s2 - c * s1 * s2;
}

/**
 * @param {Float32Array} pcm
 * @param {number} start
 * @returns {boolean} of that window
 */
function isSilent(pcm, start) {
  let sum = 0;
  for (let i = start; i < start + WINDOW_FRAMES; i++) {
    sum += pcm[i] * pcm[i];
  }
  return Math.sqrt(sum / WINDOW_FRAMES) < SILENCE;
}

/**
 * @param {Float32Array} pcm
 * @param {number} start
 * @returns {number | null} which stair sounds in that window; null in silence
 */
function stairAt(pcm, start) {
  if (isSilent(pcm, start)) {
    return null;
  }
  let best = 0;
  let bestStrength = -1;
  for (let stair = 0; stair < STAIRS; stair++) {
    const now = strength(pcm, start, stairTone(stair));
    if (now > bestStrength) {
      [best, bestStrength] = [stair, now];
    }
  }
  return best;
}

/**
 * @param {Float32Array} pcm at LOOK_RATE, one channel
 * @returns {{stair: number, from: number, to: number}[]} runs in seconds
 */
function stairRuns(pcm) {
  /** @type {{stair: number, from: number, to: number}[]} */
  const runs = [];
  for (let i = 0; i + WINDOW_FRAMES <= pcm.length; i += LOOK_FRAMES) {
    const stair = stairAt(pcm, i);
    const at = (i + WINDOW_FRAMES / 2) / LOOK_RATE;
    const last = runs.at(-1);
    if (stair !== null && last?.stair === stair) {
      last.to = at;
    } else if (stair !== null) {
      runs.push({ stair, from: at, to: at });
    }
  }
  return runs;
}

/**
 * Where one stair gives way to the next: when that was heard, and by how much it
 * came too early if nothing was missing before it.
 *
 * @param {Float32Array} pcm
 * @returns {{at: number, early: number}[]}
 */
function boundaries(pcm) {
  const runs = stairRuns(pcm).filter((run) => run.to > run.from + 0.015);
  return runs.slice(1).flatMap((run, i) => {
    const isNext = run.stair === (runs[i].stair + 1) % STAIRS;
    const at = (runs[i].to + run.from) / 2;
    return isNext ? [{ at, early: run.stair * STAIR_SECONDS - at }] : [];
  });
}

/**
 * Where audio is missing, beyond `toleranceSeconds` each time.
 *
 * @param {Float32Array} pcm at LOOK_RATE, one channel
 * @param {number} [toleranceSeconds]
 * @returns {Fault[]}
 */
export function findGaps(pcm, toleranceSeconds = 0.03) {
  const whole = STAIRS * STAIR_SECONDS;
  /** @type {Fault[]} */
  const faults = [];
  const found = boundaries(pcm);
  let before = found[0];
  for (const boundary of found.slice(1)) {
    const turns = (boundary.early - before.early) / whole;
    const jumpSeconds = (turns - Math.floor(turns)) * whole;
    if (Math.min(jumpSeconds, whole - jumpSeconds) > toleranceSeconds) {
      const last = faults.at(-1);
      // A cut in two neighbouring stairs shows at both their ends.
      if (last && boundary.at - last.at < 2 * STAIR_SECONDS) {
        last.jumpSeconds = (last.jumpSeconds + jumpSeconds) % whole;
      } else {
        faults.push({ at: boundary.at, jumpSeconds });
      }
      before = boundary;
    }
  }
  return faults;
}

/**
 * @param {Float32Array} pcm at LOOK_RATE, one channel
 * @returns {number} seconds of it in which it was not silent, to 50 ms
 */
export function heardSeconds(pcm) {
  let heard = 0;
  for (let i = 0; i + WINDOW_FRAMES <= pcm.length; i += LOOK_FRAMES) {
    heard += isSilent(pcm, i) ? 0 : LOOK_FRAMES;
  }
  return heard / LOOK_RATE;
}
