/**
 * The server's recordings as last seen: in memory, and in the database for the
 * time without a network.
 *
 * @module
 */

/** @typedef {import("../core/types.js").ServerRecording} ServerRecording */
/** @typedef {{recordings: ServerRecording[], next: string | null}} Page */
/** @typedef {ReturnType<typeof createServerList>} ServerList */

/** Pages of 1000 that are read at most. */
const MOST_PAGES = 20;

/**
 * @param {object} options
 * @param {import("./database.js").Database["serverRecordings"]} options.mirror
 * @param {(page: {cursor: string | null, signal: AbortSignal}) => Promise<Page>} options.readPage
 * @param {AbortSignal} options.signal
 */
export function createServerList({ mirror, readPage, signal }) {
  /** @type {ServerRecording[] | null} */
  let rows = null;
  let asOf = 0;
  let written = "";
  /** @type {Promise<void> | null} */
  let reading = null;

  async function readAll() {
    const startedAt = Date.now();
    const fresh = await readPages(readPage, signal);
    rows = fresh;
    asOf = startedAt;
    const text = JSON.stringify(fresh);
    if (text !== written) {
      written = text;
      await mirror.replace(fresh);
    }
  }

  return {
    /** Reads the list anew; rejects with what the server's client throws. */
    refresh() {
      reading ??= readAll().finally(() => {
        reading = null;
      });
      return reading;
    },

    async rows() {
      rows ??= await mirror.list();
      return rows;
    },

    /** When the list was read; 0 if not since the page was opened. */
    asOf: () => asOf,

    /**
     * Changes a row, until the list is read again.
     *
     * @param {string} id
     * @param {Partial<ServerRecording>} change
     */
    async patch(id, change) {
      const before = await this.rows();
      const row = before.find((other) => other.id === id);
      if (row) {
        const after = { ...row, ...change, id };
        rows = before.map((other) => (other === row ? after : other));
        await mirror.put(after);
      }
    },

    /** @param {string} id takes a row out */
    async drop(id) {
      rows = (await this.rows()).filter((other) => other.id !== id);
      await mirror.remove(id);
    },
  };
}

/**
 * @param {(page: {cursor: string | null, signal: AbortSignal}) => Promise<Page>} readPage
 * @param {AbortSignal} signal
 */
async function readPages(readPage, signal) {
  /** @type {ServerRecording[]} */
  const rows = [];
  /** @type {string | null} */
  let cursor = null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    /** @type {Page} */
    const page = await readPage({ cursor, signal });
    rows.push(...page.recordings);
    cursor = page.next;
    if (cursor === null) {
      break;
    }
  }
  return rows;
}
