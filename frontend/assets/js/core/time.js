/**
 * Times as text. Inside the studio audio time is integer frames; only people get
 * to see these.
 */

/**
 * @param {number} frames
 * @param {number} rate
 */
export function framesToMs(frames, rate) {
  return Math.round((frames * 1000) / rate);
}

/**
 * A length for lists: `0:07`, `12:31`, `1:28:02`; whole seconds, rounded down.
 *
 * @param {number} seconds
 */
export function lengthText(seconds) {
  const { hours, minutes, rest } = parts(Math.floor(seconds));
  return hours > 0
    ? `${hours}:${padded(minutes)}:${padded(rest)}`
    : `${minutes}:${padded(rest)}`;
}

/**
 * A running time: `00:12:31.4`; tenths, rounded down.
 *
 * @param {number} frames
 * @param {number} rate
 */
export function timerText(frames, rate) {
  const tenths = Math.floor((frames * 10) / rate);
  const { hours, minutes, rest } = parts(Math.floor(tenths / 10));
  return `${padded(hours)}:${padded(minutes)}:${padded(rest)}.${tenths % 10}`;
}

/** @param {number} seconds  whole ones */
function parts(seconds) {
  return {
    hours: Math.floor(seconds / 3600),
    minutes: Math.floor(seconds / 60) % 60,
    rest: seconds % 60,
  };
}

/** @param {number} value */
function padded(value) {
  return String(value).padStart(2, "0");
}
