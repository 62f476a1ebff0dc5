/**
 * The trash: recordings of this device that were deleted stay for a while, and can
 * be restored. They go for good when their time is over, when a person says so, and,
 * the oldest first, when a take has no room left.
 *
 * Files go before their row, and that row is condemned before its files are touched:
 * what broke off in between is finished by the next sweep, and never restored. Where
 * a full disk has no room to condemn it, its audio goes first, which frees some: a row
 * without that is one that is going.
 *
 * @module
 */
import { codeOf } from "../core/errors.js";
import { AUDIO_NAME } from "./take-files.js";

/** @typedef {import("../core/types.js").TrashRow} TrashRow */
/** @typedef {import("./rows.js").LibraryRow} LibraryRow */
/** @typedef {ReturnType<typeof createTrash>} Trash */

export const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** What a full disk makes of a row that is to be written. */
const NO_ROOM = new Set(["STORAGE_FULL", "DATABASE_LOST"]);

/**
 * What it needs of the device.
 *
 * @typedef {object} TrashStores
 * @property {Omit<import("./trash-table.js").TrashTable, "get">} trash
 * @property {Pick<import("./take-files.js").TakeFiles, "has" | "names" | "stored" | "remove" | "removeAll">} files
 */

/**
 * @param {object} options
 * @param {TrashStores} options.database
 * @param {(name: string) => Promise<(() => void) | null>} options.acquireLock
 * @param {() => number} options.now Unix ms
 */
export function createTrash({ database, acquireLock, now }) {
  const { trash, files } = database;

  /** The latest first. @returns {Promise<TrashRow[]>} */
  async function list() {
    const rows = (await trash.list()).filter(({ isGoing }) => !isGoing);
    return rows.sort(
      (a, b) => b.deletedAt - a.deletedAt || (a.id < b.id ? -1 : 1),
    );
  }

  /** @param {string} id @returns {Promise<boolean>} whether its audio has gone */
  const isGutted = async (id) => !(await files.has(id, AUDIO_NAME));

  /** @param {string} id @returns {Promise<boolean>} whether its files may go */
  async function condemn(id) {
    try {
      return await trash.condemn(id);
    } catch (error) {
      if (!NO_ROOM.has(codeOf(error, "")) || !(await trash.isOwner(id))) {
        throw error;
      }
      await files.remove(id, AUDIO_NAME);
      return true;
    }
  }

  /**
   * One page at a time: what one restores no other takes the audio of.
   *
   * @param {string} id
   * @param {() => Promise<boolean>} work
   * @returns {Promise<boolean>} false: another page is at it
   */
  async function alone(id, work) {
    const release = await acquireLock(`trash:${id}`);
    return release !== null && work().finally(release);
  }

  /**
   * @param {string} id
   * @returns {Promise<boolean>} whether it is gone; not if another page is at it
   */
  function purge(id) {
    return alone(id, async () => {
      if (await condemn(id)) {
        await files.removeAll(id);
        await trash.remove(id);
      }
      return true;
    });
  }

  /** @param {TrashRow} row */
  async function isOver({ id, isGoing, deletedAt }) {
    return (
      isGoing || now() - deletedAt >= KEPT_MS || isGutted(id).catch(() => false)
    );
  }

  /** @param {string} id @returns {Promise<number>} bytes of all its files */
  async function measure(id) {
    const sizes = (await files.names(id)).map(async (name) => {
      const { size } = await files.stored(id, name);
      return size;
    });
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }

  /** @param {readonly string[]} ids in this order, each whatever comes of others */
  async function purgeAll(ids) {
    /** @type {unknown[]} */
    const failures = [];
    for (const id of ids) {
      await purge(id).catch((error) => failures.push(error));
    }
    if (failures.length > 0) {
      throw failures[0];
    }
  }

  return {
    list,

    /** @returns {Promise<LibraryRow[]>} as the library shows them */
    rows: async () => (await list()).map(trashedRow),

    /**
     * @template {object} Row
     * @param {Row} row that is to be here soon, and is shown here already
     */
    asDeleted: (row) => ({ ...row, trashed: trashedAt(now()) }),
    purge,
    purgeAll,

    /** @param {string} id of a recording here; the caller has its take's lock */
    bury: (id) => trash.bury(id, now()),

    /** @param {string} id @returns {Promise<boolean>} false: it is gone already */
    restore: (id) =>
      alone(id, async () => !(await isGutted(id)) && trash.restore(id)),

    /**
     * @param {readonly string[]} [ids] all by default
     * @returns {Promise<number>} bytes that they take of this device
     */
    async bytes(ids) {
      const all = ids ?? (await trash.list()).map(({ id }) => id);
      const sizes = all.map((id) => measure(id).catch(() => 0));
      return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    },

    /** Finishes what broke off, and frees what has been here long enough. */
    async sweep() {
      const over = [];
      for (const row of await trash.list()) {
        over.push(...((await isOver(row)) ? [row.id] : []));
      }
      await purgeAll(over);
    },

    /**
     * Makes room for a take: what was deleted first goes for good.
     *
     * @returns {Promise<boolean>} whether there is more room now
     */
    async freeOldest() {
      for (const { id } of (await list()).reverse()) {
        if (await purge(id).catch(() => false)) {
          return true;
        }
      }
      return false;
    },
  };
}

/** @param {number} deletedAt @returns {LibraryRow["trashed"]} */
function trashedAt(deletedAt) {
  return { deletedAt, goesAt: deletedAt + KEPT_MS };
}

/** @param {TrashRow} row @returns {LibraryRow} */
function trashedRow({ id, recording, deletedAt }) {
  const { name, timestamp, durationMs, sizeBytes, mimeType, peaks } = recording;
  return {
    id,
    name,
    timestamp,
    durationMs,
    sizeBytes,
    mimeType,
    onDevice: true,
    onServer: false,
    fileId: null,
    state: recording.state === "finished" ? "finished" : "interrupted",
    upload: null,
    wanted: null,
    parts: [],
    peaks,
    copying: null,
    trashed: trashedAt(deletedAt),
  };
}
