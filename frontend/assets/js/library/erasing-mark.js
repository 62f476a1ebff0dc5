/**
 * Whether this device is to be erased: noted in the database, for whatever page
 * comes next, and marked in each tab that was open. A marked tab does not open the
 * database to ask: another one may have erased it, and it would be made anew.
 *
 * @module
 */

/** In `preferences`. */
export const ERASING = "erasing";

const MARK = "waveforge-erasing";

/** @param {string} language to say in that it is done */
export function markErasing(language) {
  sessionStorage.setItem(MARK, language);
}

/** @returns {string | null} the language to say in that it is done; null: not marked */
export function erasingMark() {
  try {
    return sessionStorage.getItem(MARK);
  } catch {
    return null; // This browser keeps nothing.
  }
}

export function unmarkErasing() {
  sessionStorage.removeItem(MARK);
}
