/**
 * The log's store: the latest entries, in the order they were noted.
 *
 * @module
 */
import { read, write } from "./connection.js";
import { MOST_ENTRIES } from "./log.js";

/** @typedef {import("../core/log-entry.js").LogEntry} LogEntry */

/** @param {Pick<import("./tables.js").Access, "link">} access */
export function createLogTable({ link }) {
  return {
    /** @returns {Promise<LogEntry[]>} */
    list: () => read(link, "log", (store) => store.getAll()),

    /**
     * Adds them, and removes the oldest beyond what is kept. Nobody is told, and
     * a loss of power may take them: a log is not worth a wait.
     *
     * @param {LogEntry[]} entries
     */
    add: (entries) =>
      write(
        link,
        "log",
        async (store) => {
          await Promise.all(entries.map((entry) => store.add(entry)));
          const spare = (await store.count()) - MOST_ENTRIES;
          if (spare > 0) {
            const keys = await store.getAllKeys(null, spare);
            await store.delete(IDBKeyRange.upperBound(keys[spare - 1]));
          }
        },
        "relaxed",
      ),
  };
}
