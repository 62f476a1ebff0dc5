/**
 * Calls over a message port: the page asks, the worker answers.
 *
 *     page -> worker   {ticket, call, args}
 *                      {ping: true}  while calls are open
 *     worker -> page   {ticket, result} or {ticket, code, cause}
 *                      {event, detail}  on its own
 *                      {pong: true}
 *
 * A worker that answers no ping for half a minute is given up: all that it owes
 * fails, and whatever is asked of it later. One that has yet to say its first word
 * may take ten times as long: its modules are on their way.
 *
 * @module
 */

import { StudioError, codeOf } from "../core/errors.js";

/** @typedef {Record<string, (...args: any[]) => unknown>} Calls */
/** @typedef {{ping: true} | {ping?: undefined, ticket: number, call: string, args: unknown[]}} Request */

const PING_MS = 2000;
const MOST_UNANSWERED = 15;
const MOST_UNANSWERED_AT_START = 150;

/**
 * The worker's side.
 *
 * @param {{postMessage: (message: unknown) => void}} page
 * @param {Calls} calls
 * @returns {(message: Request) => Promise<void>}
 */
export function answerCalls(page, calls) {
  return async (request) => {
    if (request.ping) {
      return page.postMessage({ pong: true });
    }
    const { ticket, call, args } = request;
    try {
      page.postMessage({ ticket, result: await calls[call](...args) });
    } catch (error) {
      const code = codeOf(error, "SPOOL_FAILED");
      page.postMessage({ ticket, code, cause: describe(error) });
    }
  };
}

/**
 * What was thrown, with all that led to it: errors themselves lose that on the
 * way to another thread.
 *
 * @param {unknown} error
 * @returns {string}
 */
function describe(error) {
  const own = error instanceof Error ? (error.stack ?? `${error}`) : `${error}`;
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? own : `${own}\ncaused by ${describe(cause)}`;
}

/**
 * The page's side.
 *
 * @param {Worker} worker
 * @param {object} options
 * @param {AbortSignal} options.signal
 * @param {(event: string, detail: any) => void} options.onEvent
 * @param {() => void} [options.onDead]  the worker was given up
 */
export function makeCalls(worker, { signal, onEvent, onDead }) {
  /** @type {Map<number, {resolve: (result: any) => void, reject: (error: Error) => void}>} */
  const open = new Map();
  let lastTicket = 0;
  let hasSpoken = false;
  /** @type {StudioError | null} the worker never started, or hangs */
  let dead = null;
  const pulse = watchPulse({
    ping: () => worker.postMessage({ ping: true }),
    isNeeded: () => open.size > 0,
    most: () => (hasSpoken ? MOST_UNANSWERED : MOST_UNANSWERED_AT_START),
    onLost() {
      dead = new StudioError("SPOOL_DEAD");
      failAll(dead);
      onDead?.();
    },
    signal,
  });

  /** @param {MessageEvent} message */
  function receive({ data: { ticket, event, detail, result, code, cause } }) {
    hasSpoken = true;
    pulse.hear();
    if (event) {
      return onEvent(event, detail);
    }
    const call = open.get(ticket);
    open.delete(ticket);
    if (code) {
      call?.reject(new StudioError(code, { cause }));
    } else {
      call?.resolve(result);
    }
  }

  /** @param {StudioError} error */
  function failAll(error) {
    open.forEach(({ reject }) => reject(error));
    open.clear();
  }

  function failOpen() {
    const error = new StudioError("SPOOL_FAILED");
    dead ??= hasSpoken ? null : error;
    failAll(error);
  }

  worker.addEventListener("message", receive, { signal });
  worker.addEventListener("error", failOpen, { signal });

  /**
   * @param {string} call
   * @param {unknown[]} args
   * @param {Transferable[]} [transfer]
   * @returns {Promise<any>}
   */
  return (call, args, transfer = []) =>
    new Promise((resolve, reject) => {
      if (dead) {
        return reject(dead);
      }
      const ticket = ++lastTicket;
      open.set(ticket, { resolve, reject });
      worker.postMessage({ ticket, call, args }, transfer);
      pulse.start();
    });
}

/**
 * Pings as long as it is needed, and says when nothing was heard for too long.
 * It counts pings, not time: what slept or was throttled is not dead.
 *
 * @param {object} options
 * @param {() => void} options.ping
 * @param {() => boolean} options.isNeeded
 * @param {() => number} options.most  pings without an answer
 * @param {() => void} options.onLost
 * @param {AbortSignal} options.signal
 */
function watchPulse({ ping, isNeeded, most, onLost, signal }) {
  let unanswered = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  function stop() {
    clearInterval(timer);
    timer = undefined;
  }

  function beat() {
    if (!isNeeded()) {
      return stop();
    }
    if (unanswered >= most()) {
      stop();
      return onLost();
    }
    unanswered++;
    ping();
  }

  signal.addEventListener("abort", stop, { once: true });
  return {
    hear() {
      unanswered = 0;
    },
    start() {
      if (timer === undefined && !signal.aborted) {
        unanswered = 0;
        timer = setInterval(beat, PING_MS);
      }
    },
  };
}
