/**
 * Files of takes in the database, for browsers that give none of their own: the
 * store `takePages`, in which each page of a file is an ArrayBuffer. The last
 * page says where the file ends; a page that was never written is zeros.
 *
 * @module
 */
import { read, write } from "./connection.js";
import { applyChanges } from "../core/changes.js";

/** @typedef {import("../core/changes.js").Change} Change */
/** @typedef {ReturnType<typeof createPages>} Pages */
/** @typedef {{take: string, name: string}} FileKey */

/**
 * @template {IDBTransactionMode} Mode
 * @typedef {import("./connection.js").Store<Mode>} Store
 */

const STORE = "takePages";

/**
 * Little, since the last one is written ten times a second; and Chromium makes a
 * file of its own of what is larger than 64 KiB.
 */
export const PAGE_BYTES = 32 * 1024;

/** Greater than every number, as keys are compared. @type {never[]} */
const LAST = [];

/**
 * @param {FileKey} file
 * @param {number} [from]  the first page
 */
function pagesOf({ take, name }, from = 0) {
  return IDBKeyRange.bound([take, name, from], [take, name, LAST]);
}

/**
 * @param {FileKey} file
 * @param {number} from
 * @param {number} to
 */
function pagesWith({ take, name }, from, to) {
  const first = [take, name, pageAt(from)];
  return IDBKeyRange.bound(first, [take, name, pageAt(to - 1)]);
}

/** @param {string} take */
function filesOf(take) {
  return IDBKeyRange.bound([take], [take, LAST]);
}

/** @param {number} at */
function pageAt(at) {
  return Math.floor(at / PAGE_BYTES);
}

/** @param {Pick<import("./tables.js").Access, "link">} access */
export function createPages({ link }) {
  return {
    /**
     * @param {FileKey} file
     * @returns {Promise<number | null>} its bytes; null: there is no such file
     */
    size: (file) => read(link, STORE, (store) => sizeOf(store, file)),

    /**
     * Makes an empty file, unless it is there.
     *
     * @param {FileKey} file
     * @returns {Promise<number>} its bytes
     */
    create: (file) =>
      write(link, STORE, async (store) => {
        const size = await sizeOf(store, file);
        if (size === null) {
          await store.put(new ArrayBuffer(0), [file.take, file.name, 0]);
        }
        return size ?? 0;
      }),

    /**
     * @param {FileKey} file
     * @param {number} from
     * @param {number} to  at most the file's size
     * @returns {Promise<Uint8Array<ArrayBuffer>>}
     */
    read: (file, from, to) =>
      read(link, STORE, async (store) => {
        const bytes = new Uint8Array(Math.max(0, to - from));
        if (bytes.length > 0) {
          const range = pagesWith(file, from, to);
          const [keys, pages] = await Promise.all([
            store.getAllKeys(range),
            store.getAll(range),
          ]);
          pages.forEach((page, i) => {
            const [, , index] = /** @type {[string, string, number]} */ (
              keys[i]
            );
            const begin = index * PAGE_BYTES;
            const skipped = Math.max(0, from - begin);
            const part = new Uint8Array(page).subarray(skipped, to - begin);
            bytes.set(part, begin + skipped - from);
          });
        }
        return bytes;
      }),

    /**
     * Carries out changes, all or none.
     *
     * @param {FileKey} file
     * @param {readonly Change[]} changes
     * @param {"strict" | "relaxed"} durability  when this resolves they survive a
     *     loss of power, or the browser's end
     */
    async change(file, changes, durability) {
      const carryOut = (/** @type {Store<"readwrite">} */ store) =>
        changePages(store, file, changes);
      await write(link, STORE, carryOut, durability);
    },

    /**
     * @param {string} take
     * @returns {Promise<string[]>} names of its files
     */
    names: (take) =>
      read(link, STORE, async (store) => {
        const names = [];
        let cursor = await store.openKeyCursor(filesOf(take));
        while (cursor) {
          const [, name] = /** @type {[string, string]} */ (cursor.key);
          names.push(name);
          cursor = await cursor.continue([take, name, LAST]);
        }
        return names;
      }),

    /** @param {FileKey} file  need not exist */
    remove: (file) =>
      write(link, STORE, (store) => store.delete(pagesOf(file))),

    /** @param {string} take  need not have any files */
    removeAll: (take) =>
      write(link, STORE, (store) => store.delete(filesOf(take))),
  };
}

/**
 * @param {Store<"readwrite">} store
 * @param {FileKey} file
 * @param {readonly Change[]} changes
 */
async function changePages(store, file, changes) {
  const cut = lowestEnd(changes);
  if (cut !== null) {
    await store.delete(pagesOf(file, pageAt(cut) + 1));
  }
  for (const index of touchedPages(changes, cut)) {
    const key = [file.take, file.name, index];
    const before = new Uint8Array((await store.get(key)) ?? 0);
    const page = { from: index * PAGE_BYTES, length: PAGE_BYTES };
    const bytes = applyChanges(before, page, changes);
    const isNeeded = bytes.length > 0 || index === 0;
    await (isNeeded ? store.put(bytes.slice().buffer, key) : store.delete(key));
  }
}

/**
 * @param {Store<"readonly"> | Store<"readwrite">} store
 * @param {FileKey} file
 * @returns {Promise<number | null>}
 */
async function sizeOf(store, file) {
  const cursor = await store.openKeyCursor(pagesOf(file), "prev");
  if (!cursor) {
    return null;
  }
  const [, , index] = /** @type {[string, string, number]} */ (cursor.key);
  const { byteLength } = await store.get(cursor.key);
  return index * PAGE_BYTES + byteLength;
}

/**
 * @param {readonly Change[]} changes
 * @returns {number | null} where the file ended at its shortest; null: it grew only
 */
function lowestEnd(changes) {
  const ends = changes.filter(({ bytes }) => !bytes).map(({ at }) => at);
  return ends.length > 0 ? Math.min(...ends) : null;
}

/**
 * @param {readonly Change[]} changes
 * @param {number | null} cut
 */
function touchedPages(changes, cut) {
  const indexes = new Set(cut === null ? [] : [pageAt(cut)]);
  for (const { at, bytes } of changes) {
    pagesBetween(at, at + (bytes?.length ?? 0)).forEach((i) => indexes.add(i));
  }
  return indexes;
}

/**
 * @param {number} from
 * @param {number} to
 * @returns {number[]} indexes of the pages that have a part of it
 */
function pagesBetween(from, to) {
  const first = pageAt(from);
  const count = to > from ? pageAt(to - 1) - first + 1 : 0;
  return Array.from({ length: count }, (_, i) => first + i);
}
