/**
 * Room on this device for what can be made again. A take comes first: it can be
 * made once only.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";

/** What is left for takes, or a tenth where the browser grants little. */
export const RESERVE_BYTES = 512 * 1024 ** 2;

/**
 * What it asks the device.
 *
 * @typedef {object} Device
 * @property {() => Promise<{quota?: number, usage?: number}>} estimate of storage
 * @property {() => Promise<boolean>} isRecording whether any page is
 */

/**
 * Resolves if there is room and no take runs.
 *
 * @param {Device} device
 * @param {number} bytes
 * @param {string} [code] of what a running take forbids
 */
export async function demandRoom(device, bytes, code = "MEDIA_DURING_TAKE") {
  if (await device.isRecording()) {
    throw new StudioError(code);
  }
  const { quota = Infinity, usage = 0 } = await device.estimate();
  if (quota - usage <= bytes + Math.min(RESERVE_BYTES, quota / 10)) {
    throw new StudioError("STORAGE_FULL");
  }
}
