/**
 * Notes what matters in the log of this device, for the day that something has to
 * be found out. To note costs nothing: entries wait in memory for a moment and are
 * written together, and where they cannot be written they are lost. Nothing waits
 * for the log, and nothing fails with it.
 *
 * @module
 */
import { entryOf } from "../core/log-entry.js";

/** @typedef {import("../core/log-entry.js").LogEntry} LogEntry */
/** @typedef {ReturnType<typeof createLog>} Log */

/** How many entries are kept, the latest. */
export const MOST_ENTRIES = 500;

const PAUSE_MS = 1000;

/** What is said again within this time is no news. */
const SAME_MS = 10 * 60_000;

/**
 * @param {object} options
 * @param {{add: (entries: LogEntry[]) => Promise<unknown>}} options.store
 * @param {import("../core/log-entry.js").LogPlace} options.from
 * @param {() => number} [options.now] Unix ms
 * @param {(write: () => void) => unknown} [options.later]
 */
export function createLog({ store, from, now = Date.now, later = soon }) {
  /** @type {LogEntry[]} */
  let waiting = [];
  /** @type {Map<string, number>} what was said, and when */
  const said = new Map();

  async function flush() {
    const entries = waiting;
    waiting = [];
    if (entries.length > 0) {
      await store.add(entries).catch(() => undefined);
    }
  }

  /** @param {LogEntry} entry */
  function isNews({ at, kind, code, error, place, take, version }) {
    const key = JSON.stringify([kind, code, error, place, take, version]);
    const isOld = at - (said.get(key) ?? -Infinity) < SAME_MS;
    if (!isOld) {
      said.delete(key);
      said.set(key, at);
    }
    if (said.size > MOST_ENTRIES) {
      said.delete(said.keys().next().value ?? "");
    }
    return !isOld;
  }

  return {
    /**
     * @param {import("../core/log-entry.js").LogKind} kind
     * @param {import("../core/log-entry.js").LogFacts} [facts]
     */
    note(kind, facts = {}) {
      const entry = entryOf({ ...facts, at: now(), from, kind });
      if (entry && isNews(entry)) {
        waiting = [...waiting, entry].slice(-MOST_ENTRIES);
        if (waiting.length === 1) {
          later(() => void flush());
        }
      }
    },

    /** Writes what waits; never rejects. */
    flush,
  };
}

/** @param {() => void} write */
function soon(write) {
  setTimeout(write, PAUSE_MS);
}
