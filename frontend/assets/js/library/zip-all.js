/**
 * What a zip of all that is on this device has: each recording that can be read,
 * and a file that says of each what is known of it, and what is not in the zip.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";
import { zipNames } from "./zip-names.js";

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").TakeRow} TakeRow */
/** @typedef {import("./rows.js").LibraryRow} LibraryRow */
/** @typedef {import("./zip.js").ZipRow} ZipRow */
/** @typedef {{name: string, reason: "only on the server" | "still being recorded" | "cannot be read"}} LeftOut */

export const METADATA_NAME = "metadata.json";

/**
 * @param {object} options
 * @param {{list: () => Promise<RecordingRow[]>}} options.recordings
 * @param {{list: () => Promise<TakeRow[]>}} options.takes
 * @param {{stored: (id: string) => Promise<{size: number}>}} options.files
 */
export function createPickAll({ recordings, takes, files }) {
  /**
   * An interrupted take counts as far as it was noted to be safe.
   *
   * @param {LibraryRow} row
   * @returns {Promise<ZipRow | null>} null: nothing of it can be read
   */
  async function readable(row) {
    const { id, fileId, name, timestamp, mimeType, state, onDevice } = row;
    const { size } = await files.stored(id).catch(() => ({ size: 0 }));
    const isCut = state === "interrupted" && row.sizeBytes > 0;
    const sizeBytes = isCut ? Math.min(size, row.sizeBytes) : size;
    const place = { id, fileId, name, timestamp, mimeType, state, onDevice };
    return sizeBytes > 0 ? { ...place, sizeBytes } : null;
  }

  /**
   * @param {readonly LibraryRow[]} all
   * @returns {Promise<import("./zip.js").Picked & {leftOut: LeftOut[]}>} rejects
   *   with ZIP_EMPTY
   */
  return async (all) => {
    /** @type {ZipRow[]} */
    const rows = [];
    /** @type {LeftOut[]} */
    const leftOut = [];
    for (const row of all) {
      const reason = whyNot(row);
      const found = reason ? null : await readable(row);
      if (found) {
        rows.push(found);
      } else {
        leftOut.push({ name: row.name, reason: reason ?? "cannot be read" });
      }
    }
    if (rows.length === 0) {
      throw new StudioError("ZIP_EMPTY");
    }
    const names = zipNames(rows, [METADATA_NAME]);
    const stored = await recordings.list();
    const cut = await takes.list();
    const text = metadataText({ rows, names, stored, cut, leftOut });
    return { rows, names, notes: [{ name: METADATA_NAME, text }], leftOut };
  };
}

/** @param {LibraryRow} row @returns {LeftOut["reason"] | null} */
function whyNot({ onDevice, state }) {
  if (!onDevice) {
    return "only on the server";
  }
  return state === "recording" ? "still being recorded" : null;
}

/**
 * @param {object} known
 * @param {ZipRow[]} known.rows
 * @param {string[]} known.names of their files
 * @param {RecordingRow[]} known.stored
 * @param {TakeRow[]} known.cut interrupted takes have their markers there
 * @param {LeftOut[]} known.leftOut
 */
function metadataText({ rows, names, stored, cut, leftOut }) {
  const details = new Map(stored.map((row) => [row.id, row]));
  const takes = new Map(cut.map((take) => [take.id, take]));
  const recordings = rows.map(({ id, name, timestamp, ...row }, place) => {
    const { durationMs, sha256, gaps, granted, tone, ...more } = Object(
      details.get(id),
    );
    const { markers, segments } = takes.get(id) ?? more;
    return {
      file: names[place],
      name,
      recordedAt: new Date(timestamp).toISOString(),
      durationMs,
      sizeBytes: row.sizeBytes,
      mimeType: row.mimeType,
      sha256,
      state: row.state,
      markers: markers ?? [],
      segments: segments ?? [],
      gaps,
      granted,
      tone,
    };
  });
  const told = { madeBy: "WaveForge", recordings, notIncluded: leftOut };
  return `${JSON.stringify(told, null, 2)}\n`;
}
