/**
 * What a full disk does to the database: it refuses rows, or is thrown away by the
 * browser, which has no room to begin a new one.
 *
 * @module
 */

import { codeOf } from "../core/errors.js";

/** What a full disk makes of a database. */
const NO_ROOM = new Set(["STORAGE_FULL", "DATABASE_LOST"]);

/** How long a take is finished anew until there is room for its row. */
const PATIENCE_MS = 60_000;
const TRY_MS = 500;

/**
 * What is told of a note that could not be written: the take itself goes on,
 * and ends when there is no room for its bytes.
 *
 * @param {unknown} error
 */
export function noteFault(error) {
  const code = codeOf(error, "STORAGE_ERROR");
  return NO_ROOM.has(code) ? "JOURNAL_FAILED" : code;
}

/**
 * Tries again as long as there is no room; people have been told.
 *
 * @template Result
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function untilThereIsRoom(work) {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() >= end || !NO_ROOM.has(codeOf(error, ""))) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, TRY_MS));
    }
  }
}
