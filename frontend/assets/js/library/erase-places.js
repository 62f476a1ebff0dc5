/**
 * All places in which this origin keeps something of the studio, and how each is
 * emptied.
 *
 * @module
 */
import { deleteDB } from "../../vendor/idb-8.0.4/index.js";
import { StudioError } from "../core/errors.js";
import { DATABASE_NAME } from "./schema.js";
import { ignoreMissing, openRoot } from "./take-files.js";

/** Folders of the studio in OPFS: takes, and zips that are being made. */
const FOLDERS = Object.freeze(["takes", "zips"]);

/** A page that is just ending holds its files for a moment longer. */
const ATTEMPTS = 40;
const RETRY_MS = 250;

/**
 * @param {{eraseOffline: () => Promise<void>}} options
 * @returns {import("./erase.js").ErasePlaces}
 */
export function createErasePlaces({ eraseOffline }) {
  return {
    async isThere() {
      const all = await indexedDB.databases?.();
      return all?.some(({ name }) => name === DATABASE_NAME) ?? true;
    },

    async files() {
      const root = await openRoot();
      for (const name of root ? FOLDERS : []) {
        await patiently(() =>
          root?.removeEntry(name, { recursive: true }).catch(ignoreMissing),
        );
      }
    },

    offline: eraseOffline,

    database: removeDatabase,
  };
}

/** @param {() => Promise<unknown> | undefined} work */
async function patiently(work) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Pages close it when they are asked; one that is frozen cannot. */
function removeDatabase() {
  /** @type {Promise<void>} */
  const late = new Promise((_resolve, reject) => {
    const give = () => reject(new StudioError("ERASE_CUT"));
    setTimeout(give, ATTEMPTS * RETRY_MS);
  });
  return Promise.race([deleteDB(DATABASE_NAME), late]);
}
