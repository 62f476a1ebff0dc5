/**
 * What is done for a take as long as it runs: the screen stays on, and three
 * clocks are compared.
 *
 * @module
 */

import { followTake } from "./take-news.js";
import { keepAwake } from "./wake-lock.js";
import { startWatchdog } from "./watchdog.js";

/** @typedef {import("./take-begin.js").Take} Take */

/** Why a take ends: it is a recording, and all of it is safe. */
export const KEPT = "kept";

/**
 * @typedef {object} Attendance
 * @property {{seconds: number}} input
 * @property {{now: () => number}} clock  Unix ms
 * @property {EventTarget} events  the spool's
 * @property {() => boolean} isRunning  false while it is paused
 * @property {Parameters<typeof followTake>[1]["onNews"]} onNews
 * @property {(code: string) => void} onFault
 */

/**
 * Watches and follows a take as long as it runs.
 *
 * @param {Take} take
 * @param {Attendance} options
 * @returns {AbortController} to end it, with KEPT if that is why
 */
export function attendTake(take, options) {
  const ending = new AbortController();
  const { signal } = ending;
  const { tell, settle } = openFaults(options);
  const end = () => signal.reason === KEPT && settle();
  signal.addEventListener("abort", end, { once: true });
  keepAwake(signal);
  startWatchdog({
    read: () => (options.isRunning() ? readClocks(take, options) : null),
    onFault: tell,
    onWell: settle,
    signal,
  });
  followTake(take, { ...options, onFault: tell, signal });
  return ending;
}

/**
 * @param {Pick<Take, "frames" | "rate">} take
 * @param {Pick<Attendance, "input" | "clock">} options
 */
function readClocks({ frames, rate }, { input, clock }) {
  return {
    written: frames / rate,
    context: input.seconds,
    wall: clock.now() / 1000,
  };
}

/**
 * What is told of the spool is told once, and taken back when all is well again.
 * What fails is not told to be merely late.
 *
 * @param {Pick<Attendance, "onFault" | "onNews">} options
 */
function openFaults({ onFault, onNews }) {
  /** @type {Set<string>} */
  const open = new Set();
  return {
    /** @param {string} code */
    tell(code) {
      const isWorse = code === "SPOOL_LATE" && open.has("SPOOL_FAILED");
      if (open.has(code) || isWorse) {
        return;
      }
      if (code === "SPOOL_LATE" || code === "SPOOL_FAILED") {
        open.add(code);
      }
      onFault(code);
    },
    settle() {
      open.forEach((code) => onNews("back", { code }));
      open.clear();
    },
  };
}
