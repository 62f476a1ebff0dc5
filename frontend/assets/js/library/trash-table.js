/**
 * The store `trash`, and the ways of a recording into it and out of it. Each is one
 * transaction over all stores that know the recording: wherever the browser ends,
 * its files belong to the library or to the trash, and never to both or to neither.
 *
 * @module
 */
import { readAll, writeAll } from "./connection.js";
import { createTable } from "./tables.js";

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").TrashRow} TrashRow */
/** @typedef {import("./schema.js").StoreName} StoreName */
/** @typedef {import("./connection.js").Stores<"readwrite">} Stores */
/** @typedef {ReturnType<typeof createTrashTable>} TrashTable */

/** @type {StoreName[]} */
const OF_A_RECORDING = ["recordings", "crashGuard", "uploads"];

/** @param {import("./tables.js").Access} access */
export function createTrashTable({ link, announce }) {
  /** @type {ReturnType<typeof createTable<TrashRow>>} */
  const table = createTable({ link, announce }, "trash");

  /**
   * @param {string} id
   * @param {(stores: Stores) => Promise<TrashRow | null>} work
   */
  async function move(id, work) {
    const moved = await writeAll(link, [...OF_A_RECORDING, "trash"], work);
    if (moved) {
      [...OF_A_RECORDING, /** @type {const} */ ("trash")].forEach((name) =>
        announce(name, id),
      );
    }
    return moved !== null;
  }

  return {
    get: table.get,
    list: table.list,
    remove: table.remove,

    /**
     * @param {string} id of a recording of the library
     * @param {number} deletedAt
     * @returns {Promise<boolean>} whether it was there
     */
    bury: (id, deletedAt) =>
      move(id, async (stores) => {
        const recording = await stores("recordings").get(id);
        if (!recording) {
          return null;
        }
        const take = (await stores("crashGuard").get(id)) ?? null;
        const row = { id, deletedAt, recording, take };
        await stores("trash").put(row);
        await Promise.all(
          OF_A_RECORDING.map((name) => stores(name).delete(id)),
        );
        return row;
      }),

    /**
     * Back to the library, as a recording that only this device has.
     *
     * @param {string} id
     * @returns {Promise<boolean>} whether it could be
     */
    restore: (id) =>
      move(id, async (stores) => {
        const row = await stores("trash").get(id);
        if (!row || row.isGoing) {
          return null;
        }
        await stores("recordings").put(restored(row.recording));
        if (row.take) {
          await stores("crashGuard").put(row.take);
        }
        // What an upload noted that ended after it was deleted.
        await stores("uploads").delete(id);
        await stores("trash").delete(id);
        return row;
      }),

    /**
     * @param {string} id
     * @returns {Promise<boolean>} whether its files are those of the trash alone
     */
    isOwner: (id) =>
      readAll(link, ["recordings", "trash"], async (stores) => {
        const keys = await Promise.all([
          stores("trash").getKey(id),
          stores("recordings").getKey(id),
        ]);
        return keys[0] !== undefined && keys[1] === undefined;
      }),

    /**
     * From now on nothing brings it back, and its files may go.
     *
     * @param {string} id
     * @returns {Promise<boolean>} whether it is in the trash
     */
    condemn: (id) =>
      move(id, async (stores) => {
        const row = await stores("trash").get(id);
        if (!row) {
          return null;
        }
        if ((await stores("recordings").getKey(id)) !== undefined) {
          await stores("trash").delete(id); // its files are a recording's
          return null;
        }
        await stores("trash").put({ ...row, isGoing: true });
        return row;
      }),
  };
}

/**
 * Nothing of it is on the server, and nothing goes there before a person says so.
 *
 * @param {RecordingRow} recording
 * @returns {RecordingRow}
 */
export function restored({ isCopy: _copy, parts: _parts, ...recording }) {
  return { ...recording, uploaded: null, wanted: "later" };
}

/**
 * Whose files there are: whoever finds some that this does not know may remove them.
 *
 * @param {Pick<import("./tables.js").Access, "link">} access
 */
export function createOwners({ link }) {
  return {
    /** @param {string} id @returns {Promise<boolean>} whether the library or the trash has it */
    has: (id) =>
      readAll(link, ["recordings", "trash"], async (stores) => {
        const keys = await Promise.all([
          stores("recordings").getKey(id),
          stores("trash").getKey(id),
        ]);
        return keys.some((key) => key !== undefined);
      }),
  };
}
