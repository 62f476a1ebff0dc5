/**
 * How fast uploads may be, as a person sets it: a preference in kB/s.
 *
 * @module
 */

export const MOST_KILOBYTES = 1_000_000;

/**
 * @param {unknown} stored the preference
 * @returns {number} kilobytes a second; 0: no limit
 */
export function kilobytesOf(stored) {
  const number = Math.floor(Number(stored));
  return number > 0 ? Math.min(number, MOST_KILOBYTES) : 0;
}

/**
 * @param {unknown} stored the preference
 * @returns {number} bytes a second; 0: no limit
 */
export function limitOf(stored) {
  return kilobytesOf(stored) * 1024;
}
