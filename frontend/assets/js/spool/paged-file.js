/**
 * A file in the database, for writers that cannot wait: changes are gathered in
 * memory and carried out in the background, all there are in one transaction. So
 * a crash of the browser costs what came since the latest one began, and leaves
 * the file as it once was. A flush waits for one that survives a loss of power.
 *
 * @module
 */

import { applyChanges, endAfter } from "../core/changes.js";

/** @typedef {import("../core/changes.js").Change} Change */
/** @typedef {import("./files.js").SpoolFile} SpoolFile */
/** @typedef {{take: string, name: string}} FileKey */

/**
 * Where the bytes are (library/pages.js).
 *
 * @typedef {object} Pages
 * @property {(file: FileKey) => Promise<number | null>} size
 * @property {(file: FileKey) => Promise<number>} create
 * @property {(file: FileKey, from: number, to: number) => Promise<Uint8Array<ArrayBuffer>>} read
 * @property {(file: FileKey, changes: readonly Change[], durability: "strict" | "relaxed") => Promise<void>} change
 */

/** What is read at a time for those who read a little at a time. */
const WINDOW_BYTES = 1 << 20;

/**
 * Opens a file, creating it where needed.
 *
 * @param {Pages} pages
 * @param {FileKey} file
 * @returns {Promise<SpoolFile>}
 */
export async function openPagedFile(pages, file) {
  const stored = createStored(pages, file, await pages.create(file));
  let { size } = stored;
  /** @type {Change[]} what is not in the database, or not for sure */
  const changes = [];
  /** @type {Change[]} the last one that may not survive a loss of power */
  let unsafe = [];
  let carried = Promise.resolve();
  let isBehind = false;

  /** @param {"strict" | "relaxed"} durability */
  async function carryOut(durability) {
    const news = [...changes];
    const taken = news.length > 0 ? news : unsafe;
    if (taken.length > 0) {
      await stored.change(taken, durability);
      unsafe = durability === "strict" ? [] : taken.slice(-1);
      changes.splice(0, news.length);
    }
  }

  async function keepUp() {
    isBehind = false;
    await (changes.length > 0 && carryOut("relaxed"));
  }

  /** @param {Change} change */
  function add(change) {
    changes.push(change);
    if (!isBehind) {
      isBehind = true;
      // What goes wrong in the background goes wrong at the next flush, too.
      carried = carried.then(keepUp).catch(() => undefined);
    }
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} bytes
   * @param {number} at
   */
  function overwrite(bytes, at) {
    size = Math.max(size, at + bytes.length);
    add({ at, bytes: bytes.slice() });
  }

  return {
    get size() {
      return size;
    },
    async read(from, length) {
      const stretch = new Uint8Array(
        Math.max(0, Math.min(length, size - from)),
      );
      const taken = [...changes];
      const before = await stored.read(from, from + stretch.length);
      const place = { from, length: stretch.length };
      stretch.set(applyChanges(before, place, taken));
      return stretch;
    },
    append: (bytes) => overwrite(bytes, size),
    grow(bytes) {
      size += bytes;
    },
    overwrite,
    truncate(length) {
      size = length;
      add({ at: length, bytes: null });
    },
    flush() {
      const flushed = carried.then(() => carryOut("strict"));
      carried = flushed.catch(() => undefined);
      return flushed;
    },
    close: () => undefined,
  };
}

/**
 * What is in the database; a stretch of it is remembered.
 *
 * @param {Pages} pages
 * @param {FileKey} file
 * @param {number} size
 */
function createStored(pages, file, size) {
  let window = { from: 0, bytes: new Uint8Array(0) };

  /** @param {number} from @param {number} end */
  async function readWindow(from, end) {
    const before = window;
    const to = Math.max(end, Math.min(size, from + WINDOW_BYTES));
    const read = { from, bytes: await pages.read(file, from, to) };
    // Unless it has changed meanwhile.
    window = window === before ? read : window;
    return read;
  }

  return {
    get size() {
      return size;
    },

    /**
     * @param {number} from
     * @param {number} to
     * @returns {Promise<Uint8Array>} fewer bytes at the end
     */
    async read(from, to) {
      const end = Math.max(from, Math.min(to, size));
      const had = window;
      const isThere =
        had.from <= from && end <= had.from + had.bytes.length && end > from;
      const { from: first, bytes } = isThere
        ? had
        : await readWindow(from, end);
      return bytes.subarray(from - first, end - first);
    },

    /**
     * @param {readonly Change[]} changes  all or none
     * @param {"strict" | "relaxed"} durability
     */
    async change(changes, durability) {
      await pages.change(file, changes, durability);
      size = endAfter(size, changes);
      window = { from: 0, bytes: new Uint8Array(0) };
    },
  };
}
