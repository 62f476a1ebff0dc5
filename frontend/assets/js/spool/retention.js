/**
 * PCM of finished takes goes when the server has a verified copy and a day has
 * passed since.
 *
 * @module
 */

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Whether a recording's PCM may go.
 *
 * @param {RecordingRow} row
 * @param {number} now
 */
export function isPcmSpare(row, now) {
  return (
    row.state === "finished" &&
    row.uploaded !== null &&
    now - row.uploaded.at > DAY_MS
  );
}

/**
 * @param {import("./files.js").SpoolFiles} files
 * @param {RecordingRow[]} rows
 * @param {number} now
 */
export async function freePcm(files, rows, now) {
  for (const { id } of rows.filter((row) => isPcmSpare(row, now))) {
    for (const name of await files.listPcm(id).catch(() => [])) {
      await files.remove(id, name).catch(() => undefined);
    }
  }
}
