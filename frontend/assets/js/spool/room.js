/**
 * Room for a take as it begins, which others may make way for.
 *
 * @module
 */

import { SAMPLE_BYTES } from "../core/pcm24.js";
import { codeOf } from "../core/errors.js";

/** @typedef {() => Promise<boolean>} FreeRoom whether there is more room now */

/** From then on the take itself sees to it, each second (take.js). */
const FIRST_SECONDS = 8;

/**
 * Does what needs room, again each time that some was freed for it.
 *
 * @template Result
 * @param {FreeRoom} freeRoom
 * @param {() => Result | Promise<Result>} work  that can be done again
 * @returns {Promise<Result>}
 */
export async function withRoom(freeRoom, work) {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isFull = codeOf(error, "") === "STORAGE_FULL";
      if (!isFull || !(await freeRoom().catch(() => false))) {
        throw error;
      }
    }
  }
}

/**
 * Sees to the first seconds of a take. Where there is no room for them the take says
 * so itself, once it needs it.
 *
 * @param {import("./files.js").SpoolFile} file  empty
 * @param {{rate: number, channels: number}} sound
 * @param {FreeRoom} freeRoom
 */
export async function clearWay(file, { rate, channels }, freeRoom) {
  const bytes = FIRST_SECONDS * rate * channels * SAMPLE_BYTES;
  await withRoom(freeRoom, () => file.grow(bytes)).catch(() => undefined);
  file.truncate(0);
}
