/**
 * The server's recordings as last seen: in memory, and in the database for the
 * time without a network.
 *
 * @module
 */

/** @typedef {import("../core/types.js").ServerRecording} ServerRecording */
/** @typedef {{recordings: ServerRecording[], next: string | null}} Page */
/** @typedef {(page: {cursor: string | null, signal: AbortSignal}) => Promise<Page>} ReadPage */
/** @typedef {ReturnType<typeof createServerList>} ServerList */

/**
 * Where the list is kept.
 *
 * @typedef {object} Mirror
 * @property {() => Promise<ServerRecording[]>} list
 * @property {(change: {put: ServerRecording[], remove: string[]}) => Promise<void>} change
 */

/** Pages of 1000 that are read at most. */
const MOST_PAGES = 20;

/**
 * @param {object} options
 * @param {Mirror} options.mirror
 * @param {ReadPage} options.readPage
 * @param {() => void} [options.onPage] nothing had been known, and now a part is
 * @param {AbortSignal} options.signal
 */
export function createServerList({
  mirror,
  readPage,
  onPage = () => {},
  signal,
}) {
  /** @type {ServerRecording[] | null} */
  let rows = null;
  let asOf = 0;
  let isKept = true;
  let forgotten = 0;
  /** @type {Promise<void> | null} */
  let reading = null;
  /** @type {Promise<void> | null} */
  let readingNext = null;

  async function current() {
    while (!rows) {
      const before = forgotten;
      const kept = await mirror.list();
      if (forgotten === before) {
        rows ??= kept;
      }
    }
    return rows;
  }

  /** @param {ServerRecording[]} part */
  async function show(part) {
    if (!isKept || (await current()).length === 0) {
      isKept = false;
      rows = part;
      onPage();
    }
  }

  async function readAll() {
    const startedAt = Date.now();
    const { recordings, isWhole } = await readPages(readPage, show, signal);
    const change = compareRows(isKept ? await current() : [], recordings);
    rows = recordings;
    asOf = isWhole ? startedAt : 0;
    if (change.put.length + change.remove.length > 0) {
      await mirror.change(change);
    }
    isKept = true;
  }

  /** @returns {Promise<void>} */
  function refresh() {
    if (!reading) {
      reading = readAll().finally(() => {
        reading = null;
      });
      return reading;
    }
    // What is being read may be older than what is to be seen now.
    readingNext ??= reading
      .catch(() => undefined)
      .then(() => {
        readingNext = null;
        return refresh();
      });
    return readingNext;
  }

  return {
    /** Reads the list anew; rejects with what the server's client throws. */
    refresh,

    rows: current,

    /** Another page may have changed what is kept: it is looked at anew. */
    forget() {
      if (isKept) {
        rows = null;
        forgotten += 1;
      }
    },

    /**
     * The rows, and when all of them were read: 0 if not since the page was
     * opened. Both at one moment, for a refresh changes them together.
     */
    async seen() {
      const all = await current();
      return { rows: rows ?? all, asOf };
    },

    /**
     * Changes a row, until the list is read again.
     *
     * @param {string} id
     * @param {Partial<ServerRecording>} change
     */
    async patch(id, change) {
      const before = await current();
      const row = before.find((other) => other.id === id);
      if (row) {
        const after = { ...row, ...change, id };
        rows = before.map((other) => (other === row ? after : other));
        await mirror.change({ put: [after], remove: [] });
      }
    },

    /** @param {string} id takes a row out */
    async drop(id) {
      rows = (await current()).filter((other) => other.id !== id);
      await mirror.change({ put: [], remove: [id] });
    },
  };
}

/**
 * @param {ReadPage} readPage
 * @param {(part: ServerRecording[]) => Promise<void>} show what has been read so far
 * @param {AbortSignal} signal
 */
async function readPages(readPage, show, signal) {
  /** @type {ServerRecording[]} */
  const recordings = [];
  /** @type {string | null} */
  let cursor = null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    /** @type {Page} */
    const page = await readPage({ cursor, signal });
    recordings.push(...page.recordings);
    cursor = page.next;
    if (cursor === null) {
      break;
    }
    await show([...recordings]);
  }
  return { recordings, isWhole: cursor === null };
}

/**
 * What leads from one list to the other.
 *
 * @param {ServerRecording[]} before
 * @param {ServerRecording[]} after
 */
export function compareRows(before, after) {
  const known = new Map(before.map((row) => [row.id, JSON.stringify(row)]));
  const put = after.filter((row) => known.get(row.id) !== JSON.stringify(row));
  after.forEach(({ id }) => known.delete(id));
  return { put, remove: [...known.keys()] };
}
