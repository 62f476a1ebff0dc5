/**
 * PCM of finished takes goes when the server has a verified copy and a day has
 * passed since.
 *
 * @module
 */

import { copiesOf, isUploaded } from "../core/parts.js";

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Whether a recording's PCM may go.
 *
 * @param {RecordingRow} row
 * @param {number} now
 */
export function isPcmSpare(row, now) {
  const last = Math.max(...copiesOf(row).map(({ at }) => at));
  return row.state === "finished" && isUploaded(row) && now - last > DAY_MS;
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
