/**
 * Erases this device: all that the studio keeps in the browser.
 *
 * A note in the database says that it is to be done, and the database goes last: so
 * whatever comes between, the next page finds the note before it shows anything, and
 * goes on. It is done by a page that has just begun, when nothing of this page holds
 * files, by one page at a time (Web Lock `erase`), and not while a take runs.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";
import { ERASING, markErasing } from "./erasing-mark.js";

/** @typedef {"erased" | "none" | "refused"} Outcome */

/** Where pages tell the others to begin anew. */
const CHANNEL = "waveforge-erase";

const LOCK = "erase";

/**
 * What is to be erased, and how.
 *
 * @typedef {object} ErasePlaces
 * @property {() => Promise<boolean>} isThere whether there is a database: to open it
 *   would make one
 * @property {() => Promise<void>} files
 * @property {() => Promise<void>} offline the app's own files and who serves them
 * @property {() => Promise<void>} database
 */

/** @typedef {{preferences: Pick<import("./database.js").Database["preferences"], "get" | "set">, close: () => void}} Noted */

/**
 * @param {object} options
 * @param {() => Promise<Noted>} options.openDatabase
 * @param {Pick<LockManager, "request"> | undefined} options.locks none: plain http,
 *   where two pages may erase the same
 * @param {() => Promise<boolean>} options.isRecording whether any page is
 * @param {ErasePlaces} options.places
 */
export function createErasing({ openDatabase, locks, isRecording, places }) {
  /** @returns {Promise<Outcome>} erased: that it is to be */
  async function look() {
    const { preferences, close } = await openDatabase();
    try {
      if ((await preferences.get(ERASING)) !== true) {
        return "none";
      }
      if (await isRecording()) {
        await preferences.set(ERASING, false);
        return "refused";
      }
      return "erased";
    } finally {
      close();
    }
  }

  /** @returns {Promise<Outcome>} */
  async function carryOut() {
    const outcome = (await places.isThere()) ? await look() : null;
    if (outcome === "erased") {
      await places.files();
      await places.offline();
      await places.database();
    }
    return outcome ?? "erased";
  }

  return {
    /**
     * Does what is noted.
     *
     * @returns {Promise<Outcome>} erased: by this page or another one; none: nothing
     *   is noted; refused: a take runs, so it is noted no more. Rejects with
     *   ERASE_CUT: the next page goes on with it.
     */
    async finish() {
      try {
        return await (locks ? locks.request(LOCK, carryOut) : carryOut());
      } catch (error) {
        throw new StudioError("ERASE_CUT", { cause: error });
      }
    },
  };
}

/**
 * @typedef {object} ErasingPage
 * @property {() => string} language
 * @property {() => void} end ends all that this page does
 */

/** @param {ErasingPage} page */
function beginAnew({ language, end }) {
  markErasing(language());
  end();
  location.reload();
}

/**
 * From now on it is to be done, and all pages begin anew.
 *
 * @param {Pick<Noted, "preferences">} database
 * @param {ErasingPage} page
 */
export async function beginErasing({ preferences }, page) {
  await preferences.set(ERASING, true);
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(null);
  channel.close();
  beginAnew(page);
}

/**
 * Begins the page anew when another one erases the device; not under a take.
 *
 * @param {ErasingPage & {isRecording: () => Promise<boolean>, signal: AbortSignal}} options
 */
export function hearErasing({ isRecording, signal, ...page }) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener(
    "message",
    async () => {
      if (!(await isRecording())) {
        beginAnew(page);
      }
    },
    { signal },
  );
  signal.addEventListener("abort", () => channel.close(), { once: true });
}

/**
 * Why this device cannot be erased now.
 *
 * @param {readonly {name?: string, clientId?: string}[]} held locks of all pages
 * @param {string} own lock that only this page's upload worker has
 * @returns {"ERASE_DURING_TAKE" | "ERASE_DURING_UPLOAD" | null} null: it can
 */
export function whyNotErase(held, own) {
  const named = (/** @type {string} */ start) =>
    held.filter(({ name }) => name?.startsWith(start));
  if (named("take:").length > 0) {
    return "ERASE_DURING_TAKE";
  }
  // Those of this page end with it.
  const mine = held.find(({ name }) => name === own)?.clientId;
  const others = named("upload:").filter(({ clientId }) => clientId !== mine);
  return others.length > 0 ? "ERASE_DURING_UPLOAD" : null;
}
