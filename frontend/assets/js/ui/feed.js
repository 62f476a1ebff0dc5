import { listen } from "./dom.js";

/** @typedef {import("./ports.js").LibraryRow} LibraryRow */
/** @typedef {ReturnType<typeof createFeed>} Feed */

/**
 * Hands on the recordings whenever they change, without those that are being
 * deleted; keeps what it handed on last.
 *
 * @param {object} options
 * @param {EventTarget & {list: () => Promise<LibraryRow[]>}} options.recordings
 * @param {import("./removals.js").Removals} options.removals
 * @param {(rows: LibraryRow[]) => void} options.onRows
 * @param {(error: unknown) => void} options.onFault
 * @param {AbortSignal} options.signal
 */
export function createFeed({ recordings, removals, onRows, onFault, signal }) {
  let isReading = false;
  let isStale = false;
  /** @type {LibraryRow[]} */
  let rows = [];

  async function read() {
    isStale = isReading;
    if (isReading) {
      return;
    }
    isReading = true;
    try {
      const all = await recordings.list();
      rows = all.filter(({ id }) => !removals.has(id));
      onRows(rows);
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
