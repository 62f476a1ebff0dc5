/**
 * Uploads as one thing: "3 of 10". A batch begins with the first recording that
 * goes to the server, takes in what joins it, and ends when nothing is left of it.
 * Pure.
 *
 * @module
 */
import { sentBytes } from "./pace.js";

/** @typedef {import("./ports.js").LibraryRow} LibraryRow */

/**
 * @typedef {object} Batch
 * @property {ReadonlySet<string>} ids
 * @property {number} done how many are on the server
 * @property {number} sentBytes
 * @property {number} totalBytes
 */

/** @type {Batch} */
export const NO_BATCH = Object.freeze({
  ids: new Set(),
  done: 0,
  sentBytes: 0,
  totalBytes: 0,
});

const ACTIVE = ["queued", "uploading", "waiting", "verifying"];
const RESTING = ["paused", "failed"];

/** @param {LibraryRow} row @returns {boolean} whether it is on its way */
export function isActive({ state, upload }) {
  return (
    state === "finished" && upload !== null && ACTIVE.includes(upload.state)
  );
}

/**
 * @param {LibraryRow} row
 * @returns {boolean} whether it would go to the server with a word: it rests, or
 *   waits for that word
 */
export function isStartable({ state, onDevice, onServer, upload, wanted }) {
  const rests = upload !== null && RESTING.includes(upload.state);
  const waits = upload === null && wanted === "later";
  return state === "finished" && onDevice && !onServer && (rests || waits);
}

/**
 * @param {Batch} before
 * @param {readonly LibraryRow[]} rows
 * @returns {Batch}
 */
export function followBatch(before, rows) {
  if (!rows.some(isActive)) {
    return NO_BATCH;
  }
  const members = rows.filter(
    (row) => isActive(row) || (before.ids.has(row.id) && row.onServer),
  );
  /** @param {(row: LibraryRow) => number} measure */
  const sum = (measure) =>
    members.reduce((total, row) => total + measure(row), 0);
  return {
    ids: new Set(members.map(({ id }) => id)),
    done: members.filter(({ onServer }) => onServer).length,
    sentBytes: sum(sentBytes),
    totalBytes: sum(({ sizeBytes }) => sizeBytes),
  };
}
