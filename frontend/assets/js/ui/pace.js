/**
 * How fast uploads go, and how long they will take: pure, from how far each was
 * at which time.
 *
 * @module
 */

/** @typedef {import("./ports.js").LibraryRow} LibraryRow */
/** @typedef {ReturnType<typeof createPaces>} Paces */

/** Long enough to see a few chunks, short enough to notice a change. */
const WINDOW_MS = 20_000;
const LEAST_MS = 1000;

/** Follows one number that grows. */
export function createPace() {
  /** @type {{bytes: number, at: number}[]} */
  let seen = [];
  return {
    /** @param {number} bytes that have arrived in all @param {number} now */
    note(bytes, now) {
      const last = seen.at(-1);
      if (last && bytes < last.bytes) {
        seen = [];
      }
      if (bytes !== seen.at(-1)?.bytes) {
        seen.push({ bytes, at: now });
      }
      while (seen.length > 2 && now - seen[0].at > WINDOW_MS) {
        seen.shift();
      }
    },

    /**
     * @param {number} now
     * @returns {number | null} bytes a second; null as long as nobody can tell
     */
    rate(now) {
      const first = seen[0];
      const last = seen.at(-1);
      const ms = first ? now - first.at : 0;
      return !first || !last || first === last || ms < LEAST_MS
        ? null
        : ((last.bytes - first.bytes) * 1000) / ms;
    },
  };
}

/** Follows the uploads of a library. */
export function createPaces() {
  /** @type {Map<string, ReturnType<typeof createPace>>} */
  let paces = new Map();
  return {
    /** @param {readonly LibraryRow[]} rows @param {number} now */
    note(rows, now) {
      const sending = rows.filter(
        ({ upload }) => upload?.state === "uploading",
      );
      paces = new Map(
        sending.map((row) => {
          const pace = paces.get(row.id) ?? createPace();
          pace.note(sentBytes(row), now);
          return [row.id, pace];
        }),
      );
    },

    /**
     * @param {LibraryRow} row
     * @param {number} now
     * @returns {number | null} seconds
     */
    secondsLeft(row, now) {
      const rate = paces.get(row.id)?.rate(now) ?? null;
      return rate === null ? null : (row.sizeBytes - sentBytes(row)) / rate;
    },
  };
}

/** @param {LibraryRow} row @returns {number} bytes of it that the server has */
export function sentBytes({ sizeBytes, onServer, upload }) {
  return onServer ? sizeBytes : sizeBytes * (upload?.fraction ?? 0);
}
