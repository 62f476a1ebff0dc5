/**
 * What can be done with each store of the database.
 *
 * Every change is one transaction; its promise resolves when that is complete,
 * after `announce(store, id)` has been called.
 *
 * @module
 */
import { read, write, writeAll } from "./connection.js";

/** @typedef {import("./connection.js").Link} Link */
/** @typedef {import("./schema.js").StoreName} StoreName */
/** @typedef {(store: StoreName, id: string | number | null) => void} Announce `id` null: many */
/** @typedef {{link: Link, announce: Announce}} Access */
/** @typedef {typeof import("./database.js").watchDatabase} Watch */

/**
 * Rows by their id.
 *
 * @template {{id: string}} Row
 * @param {Access} access
 * @param {StoreName} name
 */
export function createTable({ link, announce }, name) {
  return {
    /**
     * @param {string} id
     * @returns {Promise<Row | undefined>}
     */
    get: (id) => read(link, name, (store) => store.get(id)),

    /** @returns {Promise<Row[]>} */
    list: () => read(link, name, (store) => store.getAll()),

    /** @returns {Promise<number>} how many there are */
    count: () => read(link, name, (store) => store.count()),

    /** @param {Row} row */
    async put(row) {
      await write(link, name, (store) => store.put(row));
      announce(name, row.id);
    },

    /**
     * Changes some members of a row.
     *
     * @param {string} id
     * @param {Partial<Row> | ((row: Row) => Partial<Row>)} patch or what makes one
     *   of the row as it is then: pure
     * @returns {Promise<Row | undefined>} the new row, if there is one
     */
    async update(id, patch) {
      const row = await write(link, name, async (store) => {
        const before = await store.get(id);
        if (!before) {
          return undefined;
        }
        const change = typeof patch === "function" ? patch(before) : patch;
        const after = { ...before, ...change, id };
        await store.put(after);
        return after;
      });
      if (row) {
        announce(name, id);
      }
      return row;
    },

    /** @param {string} id */
    async remove(id) {
      await write(link, name, (store) => store.delete(id));
      announce(name, id);
    },
  };
}

/**
 * Puts both rows of a take that is not finished, or neither: one of them alone is
 * what a discarded take leaves while it is removed.
 *
 * @param {Access} access
 */
export function createPutTake({ link, announce }) {
  /** @param {{take: import("../core/types.js").TakeRow, recording: import("../core/types.js").RecordingRow}} rows */
  return async ({ take, recording }) => {
    await writeAll(link, ["crashGuard", "recordings"], (stores) =>
      Promise.all([
        stores("crashGuard").put(take),
        stores("recordings").put(recording),
      ]),
    );
    announce("crashGuard", take.id);
    announce("recordings", recording.id);
  };
}

/**
 * Changes for the server, in the order they were made.
 *
 * @param {Access} access
 */
export function createOutbox({ link, announce }) {
  /** @typedef {import("../core/types.js").OutboxRow} Row */
  return {
    /** @returns {Promise<(Row & {key: number})[]>} */
    list: () => read(link, "outbox", (store) => store.getAll()),

    /** @param {Row} row */
    async add(row) {
      const key = await write(link, "outbox", (store) => store.add(row));
      announce("outbox", Number(key));
      return Number(key);
    },

    /** @param {number} key */
    async remove(key) {
      await write(link, "outbox", (store) => store.delete(key));
      announce("outbox", key);
    },
  };
}

/**
 * The server's list as last seen.
 *
 * @param {Access} access
 */
export function createMirror({ link, announce }) {
  /** @typedef {import("../core/types.js").ServerRecording} Row */
  return {
    /** @returns {Promise<Row[]>} */
    list: () => read(link, "serverRecordings", (store) => store.getAll()),

    /** @param {{put: Row[], remove: string[]}} change */
    async change({ put, remove }) {
      await write(link, "serverRecordings", async (store) => {
        await Promise.all(remove.map((id) => store.delete(id)));
        await Promise.all(put.map((row) => store.put(row)));
      });
      announce("serverRecordings", null);
    },
  };
}

/** @param {Access & {watch: Watch}} access */
export function createPreferences({ link, announce, watch }) {
  /** @param {string} name */
  async function get(name) {
    const row = await read(link, "preferences", (store) => store.get(name));
    return row?.value;
  }
  return {
    /** @type {(name: string) => Promise<unknown>} undefined if never set */
    get,

    /**
     * Calls `heed` with the value after each change of it by any page or worker.
     *
     * @param {string} name
     * @param {(value: unknown) => void} heed
     * @param {{signal: AbortSignal}} options the end of it
     */
    watch(name, heed, { signal }) {
      watch(
        ({ store, id }) => {
          if (store === "preferences" && id === name) {
            void get(name).then(heed);
          }
        },
        { signal },
      );
    },

    /**
     * @param {string} name
     * @param {unknown} value
     */
    async set(name, value) {
      await write(link, "preferences", (store) => store.put({ name, value }));
      announce("preferences", name);
    },

    /**
     * Changes a value in one transaction: no change of another page gets lost.
     *
     * @param {string} name
     * @param {(value: unknown) => unknown} change pure
     */
    async update(name, change) {
      await write(link, "preferences", async (store) => {
        const row = await store.get(name);
        await store.put({ name, value: change(row?.value) });
      });
      announce("preferences", name);
    },
  };
}
