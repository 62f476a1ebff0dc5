/**
 * Notices that a take of another page has ended, however that did: its lock is
 * free then.
 *
 * @module
 */
import { takeLock } from "./locks.js";

/**
 * @param {object} options
 * @param {Pick<LockManager, "request">} options.locks
 * @param {() => void} options.onEnded  some take has, and its lock is free
 * @param {AbortSignal} options.signal
 */
export function createEndedTakes({ locks, onEnded, signal }) {
  /** @type {Set<string>} */
  const waited = new Set();

  /** @param {string} id */
  async function wait(id) {
    waited.add(id);
    try {
      await locks.request(takeLock(id), { signal }, () => undefined);
    } catch {
      return; // The page ends.
    }
    waited.delete(id);
    onEnded();
  }

  return {
    /** @param {readonly {id: string, state: string}[]} rows of all there is */
    watch(rows) {
      for (const { id, state } of rows) {
        if (state === "recording" && !waited.has(id)) {
          void wait(id);
        }
      }
    },
  };
}
