/**
 * PCM of finished takes goes when the server has a verified copy and a day has
 * passed since.
 *
 * @module
 */

import { listPcm, openFolder } from "./files.js";

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
 * @param {RecordingRow[]} rows
 * @param {number} now
 */
export async function freePcm(rows, now) {
  for (const { id } of rows.filter((row) => isPcmSpare(row, now))) {
    const folder = await openFolder(id).catch(() => null);
    for (const name of folder ? await listPcm(folder) : []) {
      await folder?.removeEntry(name).catch(() => undefined);
    }
  }
}
