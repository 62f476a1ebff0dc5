/**
 * What concerns all that is on this device at once.
 *
 * @module
 */
import { readBrowserFacts } from "./browser-facts.js";
import { describeDevice } from "./diagnostics.js";
import { saveBlob } from "./save-blob.js";

/** @typedef {ReturnType<typeof createDeviceCare>} DeviceCare */

/**
 * @param {object} options
 * @param {import("./database.js").Database} options.database
 * @param {{list: () => Promise<import("./rows.js").LibraryRow[]>}} options.recordings
 * @param {import("./log.js").Log} options.log
 * @param {() => Promise<string>} options.version
 */
export function createDeviceCare(options) {
  const { database, recordings: library, log, version } = options;
  return {
    /** How many recordings there are. */
    async holdings() {
      const rows = (await library.list()).filter(({ onDevice }) => onDevice);
      const running = rows.filter(({ state }) => state === "recording").length;
      return { here: rows.length - running, running };
    },

    /**
     * Hands the browser a file for those who look for a fault.
     *
     * @param {{name: string, preferences: object}} file
     */
    async saveDiagnostics({ name, preferences }) {
      await log.flush();
      const { recordings, takes, uploads, outbox, serverRecordings } = database;
      const tables = { recordings, takes, uploads, outbox, serverRecordings };
      const rows = await Promise.all(
        Object.entries({ ...tables, log: database.log }).map(
          async ([table, { list }]) => [table, await list()],
        ),
      );
      const told = describeDevice({
        ...Object.fromEntries(rows),
        at: Date.now(),
        version: await version(),
        browser: await readBrowserFacts(globalThis),
        preferences,
      });
      const text = `${JSON.stringify(told, null, 2)}\n`;
      const type = "application/json";
      saveBlob(new Blob([text], { type }), name, () => undefined);
    },
  };
}
