/**
 * Audio time. Inside the studio it is integer frames; only rows and people get
 * to see anything else.
 */

/**
 * @param {number} frames
 * @param {number} rate
 */
export function framesToMs(frames, rate) {
  return Math.round((frames * 1000) / rate);
}
