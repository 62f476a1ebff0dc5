/** Reads a recorded staircase (wav.js): is it whole, and if not, where not? */
import { STAIRS, STAIR_SECONDS, stairTone } from "./wav.js";

/** Rate at which recordings are looked at, and the step of looking. */
export const LOOK_RATE = 8000;
const LOOK_FRAMES = 80;
const WINDOW_FRAMES = 320;
const NEAR_LOOKS = 3;
const MOST_UNSEEN_SECONDS = 0.03;
const SILENCE = 0.005;

/** After which the staircase begins again. */
const WHOLE_SECONDS = STAIRS * STAIR_SECONDS;

/**
 * @typedef {object} Fault
 * @property {number} at seconds into the recording
 * @property {number} jumpSeconds audio that is missing there (0…3.2: the
 *   staircase repeats, so that what was heard twice is nearly all of it)
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
 * @param {Float32Array} pcm
 * @param {number} start
 * @returns {boolean} of that window: no tone is most of what sounds there, as
 *   between two stairs or where audio is missing
 */
function isUnclear(pcm, start) {
  const stair = stairAt(pcm, start);
  if (stair === null) {
    return false;
  }
  const window = pcm.subarray(start, start + WINDOW_FRAMES);
  const energy = window.reduce((sum, value) => sum + value * value, 0);
  const pure = (energy * WINDOW_FRAMES) / 2;
  return strength(pcm, start, stairTone(stair)) < pure / 2;
}

/**
 * @param {Float32Array} pcm at LOOK_RATE, one channel
 * @returns {(number | null)[]} which stair sounds at each look
 */
function looks(pcm) {
  const stairs = [];
  for (let i = 0; i + WINDOW_FRAMES <= pcm.length; i += LOOK_FRAMES) {
    stairs.push(stairAt(pcm, i));
  }
  return stairs;
}

/**
 * @param {number} look
 * @returns {number} seconds of the middle of its window
 */
function timeOf(look) {
  return (look * LOOK_FRAMES + WINDOW_FRAMES / 2) / LOOK_RATE;
}

/**
 * @param {Float32Array} pcm at LOOK_RATE, one channel
 * @returns {{stair: number, from: number, to: number}[]} runs in seconds
 */
function stairRuns(pcm) {
  /** @type {{stair: number, from: number, to: number}[]} */
  const runs = [];
  for (const [look, stair] of looks(pcm).entries()) {
    const at = timeOf(look);
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
 * Where audio is missing, beyond MOST_UNSEEN_SECONDS each time.
 *
 * @param {Float32Array} pcm at LOOK_RATE, one channel
 * @returns {Fault[]}
 */
export function findGaps(pcm) {
  /** @type {Fault[]} */
  const faults = [];
  const found = boundaries(pcm);
  let before = found[0];
  for (const boundary of found.slice(1)) {
    const turns = (boundary.early - before.early) / WHOLE_SECONDS;
    const jumpSeconds = (turns - Math.floor(turns)) * WHOLE_SECONDS;
    if (
      Math.min(jumpSeconds, WHOLE_SECONDS - jumpSeconds) > MOST_UNSEEN_SECONDS
    ) {
      const last = faults.at(-1);
      // A cut in two neighbouring stairs shows at both their ends.
      if (last && boundary.at - last.at < 2 * STAIR_SECONDS) {
        last.jumpSeconds = (last.jumpSeconds + jumpSeconds) % WHOLE_SECONDS;
      } else {
        faults.push({ at: boundary.at, jumpSeconds });
      }
      before = boundary;
    }
  }
  return faults;
}

/**
 * @param {Fault} fault
 * @returns {number} seconds that are missing or were heard twice, the fewer
 */
export function faultSeconds({ jumpSeconds }) {
  return Math.min(jumpSeconds, WHOLE_SECONDS - jumpSeconds);
}

/**
 * Where one of two does not sound like the other, within NEAR_LOOKS.
 *
 * @param {Float32Array} pcm at LOOK_RATE, one channel
 * @param {Float32Array} other likewise
 * @returns {number[]} seconds
 */
export function findDifferences(pcm, other) {
  return [...strangers(pcm, other), ...strangers(other, pcm)].map(timeOf);
}

/**
 * @param {Float32Array} pcm
 * @param {Float32Array} other
 * @returns {number[]} looks at the first whose stair is not near in the other
 */
function strangers(pcm, other) {
  const theirs = looks(other);
  return [...looks(pcm).entries()].flatMap(([look, stair]) => {
    const from = Math.max(0, look - NEAR_LOOKS);
    const near = theirs.slice(from, look + NEAR_LOOKS + 1);
    const isFine = near.includes(stair) || isUnclear(pcm, look * LOOK_FRAMES);
    return isFine ? [] : [look];
  });
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
