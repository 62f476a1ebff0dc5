/**
 * How often a running take sends what is new of it.
 *
 * @module
 */

const TICK_MS = 2000;
const SAVING_TICK_MS = 10_000;

/**
 * @param {{saveData?: boolean}} [connection] as the browser describes it
 * @returns {number} milliseconds
 */
export function tickMs(connection) {
  return connection?.saveData ? SAVING_TICK_MS : TICK_MS;
}
