/**
 * What is done for a take as long as it runs: the screen stays on, and its clocks
 * are compared.
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
 * @property {{seconds: number, isSounding: boolean, capture: {lose: (frames: number) => void}}} input
 * @property {import("./clocks.js").Clock} clock
 * @property {EventTarget} events  the spool's
 * @property {() => boolean} isRunning  false while it is paused
 * @property {Parameters<typeof followTake>[1]["onNews"]} onNews
 * @property {(code: string) => void} onFault  of one that lasts, once
 * @property {(over: AbortSignal) => void} onStalled  whenever the audio system is
 *     found to stand still; over: the end of the take
 */

/**
 * @typedef {object} Attended
 * @property {AbortSignal} signal  its end
 * @property {(reason?: string) => void} end  with KEPT if that is why
 * @property {(code: string) => void} tell  a fault
 * @property {(codes: Iterable<string>) => void} settle  what is over of them
 */

const STALLED = "AUDIO_STALLED";

/** Faults that are told once, until they are over. */
const SPOOLING = new Set(["SPOOL_LATE", "SPOOL_FAILED"]);
const LASTING = new Set([STALLED, ...SPOOLING]);

/**
 * Watches and follows a take as long as it runs.
 *
 * @param {Take} take
 * @param {Attendance} options
 * @returns {Attended}
 */
export function attendTake(take, options) {
  const ending = new AbortController();
  const { signal } = ending;
  const onStalled = () => options.onStalled(signal);
  const { tell, settle } = openFaults({ ...options, onStalled });
  const kept = () => signal.reason === KEPT && settle(LASTING);
  signal.addEventListener("abort", kept, { once: true });
  keepAwake(signal);
  startWatchdog({
    read: () => (options.isRunning() ? readClocks(take, options) : null),
    onFault: tell,
    onMoving: (lost) =>
      options.input.capture.lose(Math.round(lost * take.rate)),
    onWell: () => settle(options.input.isSounding ? LASTING : SPOOLING),
    signal,
  });
  followTake(take, { ...options, onFault: tell, signal });
  const end = (/** @type {string | undefined} */ reason = undefined) =>
    ending.abort(reason);
  return { signal, end, tell, settle };
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
    steady: clock.steady() / 1000,
    audio: input.capture,
  };
}

/**
 * What lasts is told once, and taken back when it is over. What fails is not told to
 * be merely late.
 *
 * @param {Pick<Attendance, "onFault" | "onNews"> & {onStalled: () => void}} options
 */
function openFaults({ onFault, onNews, onStalled }) {
  /** @type {Set<string>} */
  const open = new Set();
  return {
    /** @param {string} code */
    tell(code) {
      const isWorse = code === "SPOOL_LATE" && open.has("SPOOL_FAILED");
      if (!open.has(code) && !isWorse) {
        if (LASTING.has(code)) {
          open.add(code);
        }
        onFault(code);
      }
      if (code === STALLED) {
        onStalled();
      }
    },
    /** @param {Iterable<string>} codes */
    settle(codes) {
      for (const code of codes) {
        if (open.delete(code)) {
          onNews("back", { code });
        }
      }
    },
  };
}
