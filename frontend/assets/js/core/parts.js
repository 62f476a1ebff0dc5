/**
 * Parts of a recording that is larger than what the server takes of one: on this
 * device it is one file, on the server each part is a recording of its own. Pure.
 *
 * @module
 */

/** @typedef {import("./types.js").RecordingRow} RecordingRow */
/** @typedef {import("./types.js").RecordingPart} RecordingPart */
/** @typedef {import("./types.js").UploadedCopy} UploadedCopy */

/**
 * Where a part ends.
 *
 * @typedef {object} PartEnd
 * @property {number} to in the file here
 * @property {number} before where its last cluster begins there
 * @property {number} seconds of the recording
 */

/**
 * @param {Pick<RecordingRow, "parts">} recording
 * @returns {number} place of the part that is sent now: the first that is not on
 *   the server; -1: it is not sent in parts, or all are there
 */
export function nextPart({ parts = [] }) {
  return parts.findIndex(({ uploaded }) => uploaded === null);
}

/**
 * @param {Pick<RecordingRow, "parts" | "uploaded">} recording
 * @returns {boolean} whether the server has all of it, in one part or several
 */
export function isUploaded({ parts = [], uploaded }) {
  const areThere = parts.every((part) => part.uploaded !== null);
  return uploaded !== null || (parts.length > 0 && areThere);
}

/**
 * @param {string} name of the recording
 * @param {number} place of the part, from 0
 */
export function partName(name, place) {
  return place === 0 ? name : `${name} (Part ${place + 1})`;
}

/**
 * Verified copies on the server, in the order they are heard.
 *
 * @param {Pick<RecordingRow, "parts" | "uploaded">} recording
 * @returns {UploadedCopy[]}
 */
export function copiesOf({ parts = [], uploaded }) {
  const all = uploaded ? [uploaded] : parts.map((part) => part.uploaded);
  return all.flatMap((copy) => copy ?? []);
}

/**
 * @param {Pick<RecordingRow, "parts">} recording
 * @param {number} place
 * @param {PartEnd} end
 * @returns {RecordingPart[]} with that part ended there, and another behind it
 */
export function splitPart({ parts }, place, { to, before, seconds }) {
  const known = parts ?? [{ ...WHOLE, uploaded: null }];
  return known.flatMap((part, i) => {
    const rest = { from: to, before, to: part.to, seconds, uploaded: null };
    return i === place ? [{ ...part, to }, rest] : [part];
  });
}

/** Where the first part begins. */
export const WHOLE = Object.freeze({
  from: 4096,
  before: null,
  to: null,
  seconds: 0,
});
