/**
 * Compares once a second what three clocks say of a running take: the frames
 * that were written, the audio context, and the wall. Audio that is lost is lost
 * without a word otherwise.
 *
 * @module
 */

/**
 * @typedef {object} Reading  all in seconds, since any moment
 * @property {number} written  frames that the spool has
 * @property {number} context
 * @property {number} wall
 */

const PERIOD_MS = 1000;
const TOLERANCE = 0.5;

/**
 * What went wrong between two readings; null if nothing did.
 *
 * @param {Reading} before
 * @param {Reading} now
 * @returns {"AUDIO_STALLED" | "SPOOL_FAILED" | null}
 */
export function compareClocks(before, now) {
  const wall = now.wall - before.wall;
  const context = now.context - before.context;
  const written = now.written - before.written;
  if (context < 0) {
    return null; // It is another one.
  }
  if (context < wall - TOLERANCE) {
    return "AUDIO_STALLED";
  }
  return written < context - TOLERANCE ? "SPOOL_FAILED" : null;
}

/**
 * A fault is told when two readings in a row say it: after a long task of the
 * page what the spool said in the meantime is only just being heard.
 *
 * @param {object} options
 * @param {() => Reading | null} options.read  null while the take is paused
 * @param {(code: string) => void} options.onFault
 * @param {AbortSignal} options.signal
 */
export function startWatchdog({ read, onFault, signal }) {
  let before = read();
  let isSuspected = false;
  const timer = setInterval(() => {
    const now = read();
    const code = before && now && compareClocks(before, now);
    const isSure = code !== null && isSuspected;
    isSuspected = code !== null && !isSure;
    if (isSure) {
      onFault(code);
    }
    if (!isSuspected) {
      before = now;
    }
  }, PERIOD_MS);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}
