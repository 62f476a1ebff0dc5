/**
 * What a recording is, as it stands in a file beside its audio: a database may be
 * lost. Pure.
 *
 * @module
 */

/** @typedef {import("./types.js").RecordingRow} RecordingRow */

export const RECORDING_NAME = "recording.json";

/** @param {RecordingRow} row @returns {string} */
export function noteOf(row) {
  const peaks = row.peaks && Array.from(row.peaks);
  return JSON.stringify({ ...row, peaks });
}

/**
 * @param {any} note as it was parsed
 * @returns {RecordingRow | null}
 */
export function recordingOf(note) {
  const peaks = note?.peaks && Uint8Array.from(note.peaks);
  return note && { ...note, peaks };
}
