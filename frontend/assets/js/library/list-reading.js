/**
 * How the server's list was read last, and when it is read again by itself: after a
 * server that was there and could not. One that is out of reach, or wants a sign-in,
 * is asked again by those who see that change.
 *
 * @module
 */
import { codeOf } from "../core/errors.js";

/** @typedef {{state: "reading" | "read" | "away" | "failed", code: string | null}} ServerState */

/**
 * The part of the server's client that it needs.
 *
 * @typedef {object} FailureJudge
 * @property {(error: unknown) => boolean} isPassing whether to try again later
 * @property {(error: unknown) => number} retryAfterMs what it asks for; else 0
 */

const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 60_000;
const SEEN_TO = Object.freeze(["NETWORK", "UNAUTHORIZED"]);

/**
 * @param {object} options
 * @param {FailureJudge} options.server
 * @param {() => void} options.readAgain
 * @param {(code: string) => void} options.onFault that does not pass by itself
 * @param {AbortSignal} options.signal
 */
export function createListReading({ server, readAgain, onFault, signal }) {
  /** @type {ServerState} */
  let state = { state: "reading", code: null };
  let pauseMs = FIRST_PAUSE_MS;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const stop = () => clearTimeout(timer);
  signal.addEventListener("abort", stop, { once: true });

  /** @param {unknown} error */
  function tryLater(error) {
    const askedMs = server.retryAfterMs(error);
    timer = setTimeout(readAgain, Math.max(pauseMs, askedMs));
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }

  return {
    get state() {
      return state;
    },

    done() {
      stop();
      pauseMs = FIRST_PAUSE_MS;
      state = { state: "read", code: null };
    },

    /** @param {unknown} error */
    failed(error) {
      stop();
      const code = codeOf(error, "UNKNOWN");
      const isPassing = server.isPassing(error);
      state = { state: isPassing ? "away" : "failed", code };
      if (signal.aborted) {
        return;
      }
      if (!isPassing) {
        onFault(code);
      } else if (!SEEN_TO.includes(code)) {
        tryLater(error);
      }
    },
  };
}
