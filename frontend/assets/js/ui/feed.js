import { listen } from "./dom.js";

/** @typedef {import("./ports.js").LibraryRow} LibraryRow */
/** @typedef {ReturnType<typeof createFeed>} Feed */

/**
 * What was deleted.
 *
 * @typedef {object} TrashSource
 * @property {() => Promise<LibraryRow[]>} rows
 * @property {(row: LibraryRow) => LibraryRow} asDeleted
 */

/**
 * Hands on the recordings whenever they change, and those in the trash. What is being
 * deleted is there already; keeps what it handed on last.
 *
 * @param {object} options
 * @param {EventTarget & {list: () => Promise<LibraryRow[]>, trash: TrashSource}} options.recordings
 * @param {import("./removals.js").Removals} options.removals
 * @param {(rows: LibraryRow[], trash: LibraryRow[]) => void} options.onRows
 * @param {(error: unknown) => void} options.onFault
 * @param {AbortSignal} options.signal
 */
export function createFeed({ recordings, removals, onRows, onFault, signal }) {
  let isReading = false;
  let isStale = false;
  /** @type {LibraryRow[]} */
  let rows = [];

  /** @param {LibraryRow[]} all */
  const deletedIn = (all) =>
    all
      .filter(({ id, onDevice }) => onDevice && removals.has(id))
      .map(recordings.trash.asDeleted);

  async function read() {
    isStale = isReading;
    if (isReading) {
      return;
    }
    isReading = true;
    try {
      const all = await recordings.list();
      const trash = await recordings.trash.rows();
      rows = all.filter(({ id }) => !removals.has(id));
      onRows(rows, [...deletedIn(all), ...trash]);
    } catch (error) {
      onFault(error);
    }
    isReading = false;
    if (isStale && !signal.aborted) {
      await read();
    }
  }

  listen(recordings, "changed", read, signal);
  listen(removals.changes, "changed", read, signal);
  return {
    read,
    get rows() {
      return rows;
    },
  };
}
