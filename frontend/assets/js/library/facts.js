/**
 * What is known of a recording for its receipt.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";
import { factsOfCopy, factsOfRow } from "../core/receipt.js";

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").ServerRecording} ServerRecording */

/**
 * @param {string} id
 * @param {object} places
 * @param {{get: (id: string) => Promise<RecordingRow | undefined>}} places.device
 * @param {() => Promise<ServerRecording[]>} places.server its list
 * @returns {Promise<import("../core/receipt.js").Facts>}
 */
export async function findFacts(id, { device, server }) {
  const row = await device.get(id);
  if (row) {
    return factsOfRow(row);
  }
  const copy = (await server()).find((one) => one.id === id);
  if (!copy) {
    throw new StudioError("NOT_FOUND");
  }
  return factsOfCopy(copy);
}
