/**
 * Calls over a message port: the page asks, the worker answers.
 *
 *     page -> worker   {ticket, call, args}
 *     worker -> page   {ticket, result} or {ticket, code}
 *                      {event, detail}  on its own
 *
 * @module
 */

import { StudioError, codeOf } from "../core/errors.js";

/** @typedef {Record<string, (...args: any[]) => unknown>} Calls */

/**
 * The worker's side.
 *
 * @param {{postMessage: (message: unknown) => void}} page
 * @param {Calls} calls
 * @returns {(message: {ticket: number, call: string, args: unknown[]}) => Promise<void>}
 */
export function answerCalls(page, calls) {
  return async ({ ticket, call, args }) => {
    try {
      page.postMessage({ ticket, result: await calls[call](...args) });
    } catch (error) {
      page.postMessage({ ticket, code: codeOf(error, "SPOOL_FAILED") });
    }
  };
}

/**
 * The page's side.
 *
 * @param {Worker} worker
 * @param {object} options
 * @param {AbortSignal} options.signal
 * @param {(event: string, detail: any) => void} options.onEvent
 */
export function makeCalls(worker, { signal, onEvent }) {
  /** @type {Map<number, {resolve: (result: any) => void, reject: (error: Error) => void}>} */
  const open = new Map();
  let lastTicket = 0;
  let hasSpoken = false;
  /** @type {StudioError | null} the worker never started */
  let dead = null;

  /** @param {MessageEvent} message */
  function receive({ data: { ticket, event, detail, result, code } }) {
    hasSpoken = true;
    if (event) {
      return onEvent(event, detail);
    }
    const call = open.get(ticket);
    open.delete(ticket);
    if (code) {
      call?.reject(new StudioError(code));
    } else {
      call?.resolve(result);
    }
  }

  function failAll() {
    const error = new StudioError("SPOOL_FAILED");
    dead = hasSpoken ? null : error;
    open.forEach(({ reject }) => reject(error));
    open.clear();
  }

  worker.addEventListener("message", receive, { signal });
  worker.addEventListener("error", failAll, { signal });

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
    });
}
