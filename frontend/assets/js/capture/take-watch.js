/**
 * What is done for a take as long as it runs: the screen stays on, and three
 * clocks are compared.
 *
 * @module
 */

import { followTake } from "./take-news.js";
import { keepAwake } from "./wake-lock.js";
import { startWatchdog } from "./watchdog.js";

/**
 * A spool that has yet to say its first word is late, and has not failed: what is
 * meant for it waits.
 *
 * @param {object} options
 * @param {{frames: number, rate: number, isLate?: boolean}} options.take  frames:
 *   that the spool has
 * @param {{seconds: number}} options.input
 * @param {{now: () => number}} options.clock  Unix ms
 * @param {() => boolean} options.isRunning  false while it is paused
 * @param {(code: string) => void} options.onFault
 * @returns {AbortController} to end it
 */
function watchTake({ take, input, clock, isRunning, onFault }) {
  const ending = new AbortController();
  const { signal } = ending;
  /** @param {string} code */
  function tell(code) {
    const isLate = code === "SPOOL_FAILED" && take.frames === 0;
    take.isLate ||= isLate;
    onFault(isLate ? "SPOOL_LATE" : code);
  }
  const read = () => ({
    written: take.frames / take.rate,
    context: input.seconds,
    wall: clock.now() / 1000,
  });
  keepAwake(signal);
  startWatchdog({
    read: () => (isRunning() ? read() : null),
    onFault: tell,
    signal,
  });
  return ending;
}

/**
 * Watches and follows a take as long as it runs.
 *
 * @param {import("./take-begin.js").Take} take
 * @param {object} options
 * @param {{seconds: number}} options.input
 * @param {{now: () => number}} options.clock  Unix ms
 * @param {EventTarget} options.events  the spool's
 * @param {() => boolean} options.isRunning  false while it is paused
 * @param {Parameters<typeof followTake>[1]["onNews"]} options.onNews
 * @param {(code: string) => void} options.onFault
 * @returns {AbortController} to end it
 */
export function attendTake(take, options) {
  const ending = watchTake({ take, ...options });
  followTake(take, { ...options, signal: ending.signal });
  return ending;
}
