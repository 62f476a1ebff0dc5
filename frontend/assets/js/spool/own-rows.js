/**
 * Rows of the takes of this page, in case the database loses them.
 *
 * @module
 */

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").TakeRow} TakeRow */
/** @typedef {{take: TakeRow, recording: RecordingRow}} OwnRows */

/** @param {Pick<import("./journal.js").Database, "putTake">} database */
export function rememberRows({ putTake }) {
  /** @type {Map<string, OwnRows>} */
  const known = new Map();
  return {
    /** @param {OwnRows} rows */
    remember: (rows) => void known.set(rows.take.id, rows),

    /** @param {string} id @param {Partial<TakeRow>} patch */
    note(id, patch) {
      const rows = known.get(id);
      if (rows) {
        known.set(id, { ...rows, take: { ...rows.take, ...patch } });
      }
    },

    /**
     * @param {string} id of a take that the database no longer knows
     * @returns {Promise<TakeRow | undefined>}
     */
    async putBack(id) {
      const rows = known.get(id);
      if (rows) {
        await putTake(rows);
      }
      return rows?.take;
    },

    /** @param {string} id */
    forget: (id) => void known.delete(id),
  };
}
