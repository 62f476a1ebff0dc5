/**
 * A take is a list of segments: one more after each time that its audio system
 * had to be built anew, or that it went on after an interruption.
 *
 * @module
 */

/** @typedef {import("./types.js").TakeSegment} TakeSegment */

/**
 * The same segments, the last of which ends with the take.
 *
 * @param {TakeSegment[]} segments
 * @param {number} frames  of the take so far
 * @returns {TakeSegment[]}
 */
export function withLength(segments, frames) {
  const before = segments.slice(0, -1);
  const rest = before.reduce((left, segment) => left - segment.frames, frames);
  return segments.map((segment, i) =>
    i === before.length ? { ...segment, frames: rest } : segment,
  );
}

/**
 * The same segments and one more, which begins where the take is.
 *
 * @param {TakeSegment[]} segments
 * @param {number} frames  of the take so far
 * @param {Omit<TakeSegment, "frames">} next
 * @returns {TakeSegment[]}
 */
export function withSegment(segments, frames, { rate, channels, at }) {
  return [...withLength(segments, frames), { rate, channels, frames: 0, at }];
}
