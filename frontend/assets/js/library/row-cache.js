/**
 * Rows of a table, kept in memory: after the first time only those that have
 * changed are read.
 *
 * @template {{id: string}} Row
 * @param {object} table
 * @param {() => Promise<Row[]>} table.list
 * @param {(id: string) => Promise<Row | undefined>} table.get
 */
export function createRowCache({ list, get }) {
  /** @type {Map<string, Row> | null} */
  let rows = null;
  /** @type {Set<string>} */
  const changed = new Set();
  /** @type {Promise<unknown>} */
  let work = Promise.resolve();

  /** @param {Map<string, Row>} known */
  async function renew(known) {
    const ids = [...changed];
    changed.clear();
    const fresh = await Promise.all(ids.map(get));
    fresh.forEach((row, index) => {
      if (row) {
        known.set(row.id, row);
      } else {
        known.delete(ids[index]);
      }
    });
  }

  async function read() {
    if (rows) {
      await renew(rows);
    } else {
      changed.clear();
      const all = await list();
      rows = new Map(all.map((row) => [row.id, row]));
    }
    return [...rows.values()];
  }

  return {
    /** @param {string | number | null} id of a row that has changed; null: any */
    note(id) {
      if (typeof id === "string") {
        changed.add(id);
      } else {
        rows = null;
      }
    },

    /** @returns {Promise<Row[]>} as of now, also if another call is under way */
    list() {
      const next = work.then(read, read);
      work = next;
      return next;
    },
  };
}
