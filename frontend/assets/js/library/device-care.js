/**
 * What concerns all that is on this device at once.
 *
 * @module
 */
import { readBrowserFacts } from "./browser-facts.js";
import { StudioError } from "../core/errors.js";
import { describeDevice } from "./diagnostics.js";
import { whyNotErase } from "./erase.js";
import { saveBlob } from "./save-blob.js";

/** @typedef {ReturnType<typeof createDeviceCare>} DeviceCare */

/**
 * @param {object} options
 * @param {import("./database.js").Database} options.database
 * @param {{list: () => Promise<import("./rows.js").LibraryRow[]>}} options.recordings
 * @param {import("./log.js").Log} options.log
 * @param {() => Promise<string>} options.version
 * @param {{lock: string}} options.uploads of this page
 * @param {() => Promise<void>} options.beginErasing
 */
export function createDeviceCare(options) {
  const { database, recordings: library, log, version } = options;
  const { uploads: ownUploads, beginErasing } = options;

  /** Rejects where something holds what would be erased. */
  async function demandRest() {
    const { held = [] } = (await navigator.locks?.query()) ?? {};
    const code = whyNotErase(held, ownUploads.lock);
    if (code) {
      throw new StudioError(code);
    }
  }

  return {
    /** How many recordings there are, and what would be lost with them. */
    async holdings() {
      const rows = (await library.list()).filter(({ onDevice }) => onDevice);
      const running = rows.filter(({ state }) => state === "recording").length;
      const onlyHere = rows.filter(({ onServer }) => !onServer).length;
      const [outbox, removals, trash] = await Promise.all([
        database.outbox.list(),
        database.preferences.get("removals"),
        database.trash.list(),
      ]);
      const pending = Array.isArray(removals) ? removals.length : 0;
      return {
        here: rows.length - running,
        running,
        onlyHere,
        unheard: outbox.length + pending,
        trashed: trash.filter(({ isGoing }) => !isGoing).length,
      };
    },

    demandRest,

    /** Erases this device; the page ends with it. */
    async erase() {
      await demandRest();
      await beginErasing();
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
