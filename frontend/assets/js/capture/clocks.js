/**
 * What the clocks of a running take say, and what follows when they disagree.
 * Pure.
 *
 * @module
 */

/**
 * @typedef {object} Clock
 * @property {() => number} now  Unix ms
 * @property {() => number} steady  ms since any moment
 */

/**
 * @typedef {object} Reading  all in seconds, since any moment
 * @property {number} written  frames that the spool has
 * @property {number} context  of the audio system
 * @property {number} wall  which people and servers set
 * @property {number} steady  which nobody sets; in some browsers it stands still
 *     while the machine sleeps
 * @property {object} [audio]  which audio system it is
 */

/** By how much clocks may differ that agree. */
export const TOLERANCE = 0.5;

/** A machine sleeps longer than this; a clock that is corrected moves by less. */
const LEAST_SLEEP = 5;

/**
 * What went wrong between two readings; null if nothing did.
 *
 * @param {Reading} before
 * @param {Reading} now
 * @returns {"AUDIO_STALLED" | "SPOOL_LATE" | null}
 */
export function compareClocks(before, now) {
  if (!isSameAudio(before, now)) {
    return null;
  }
  if (lostBetween(before, now) > TOLERANCE) {
    return "AUDIO_STALLED";
  }
  const context = now.context - before.context;
  const written = now.written - before.written;
  return written < context - TOLERANCE ? "SPOOL_LATE" : null;
}

/**
 * Seconds that went by and that the audio system did not hear.
 *
 * @param {Reading} before
 * @param {Reading} now  of the same audio system
 */
export function lostBetween(before, now) {
  return passedBetween(before, now) - (now.context - before.context);
}

/**
 * Whether the audio system moved less than half as far as time did.
 *
 * @param {Reading} before
 * @param {Reading} now
 */
export function isStill(before, now) {
  const context = now.context - before.context;
  return isSameAudio(before, now) && lostBetween(before, now) > context;
}

/**
 * Whether neither stands still, audio system and spool: that they are not behind by
 * much yet does not say so.
 *
 * @param {Reading} before
 * @param {Reading} now
 */
export function isGettingOn(before, now) {
  const context = now.context - before.context;
  const written = now.written - before.written;
  return !isStill(before, now) && 2 * written >= context;
}

/**
 * @param {Reading} before
 * @param {Reading} now
 */
export function isSameAudio(before, now) {
  return now.audio === before.audio && now.context >= before.context;
}

/**
 * A sleep that the steady clock missed is told by the wall's alone; so is a clock
 * that was set, though rarely by as much.
 *
 * @param {Reading} before
 * @param {Reading} now
 */
function passedBetween(before, now) {
  const wall = now.wall - before.wall;
  const steady = now.steady - before.steady;
  return wall - steady > LEAST_SLEEP ? wall : steady;
}
