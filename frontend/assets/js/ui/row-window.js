/**
 * Where the rows of a long list lie, and which of them are worth having: those
 * in sight and some around them. Pure; lengths are pixels.
 *
 * @module
 */

/** Rows that are kept ready above and below what is in sight. */
const SPARE = 5;

/**
 * @param {readonly {id: string}[]} rows
 * @param {ReadonlyMap<string, number>} heights of rows that have been measured
 * @param {number} usual height of the others
 * @returns {Float64Array} where each begins; the last: where all end
 */
export function layOut(rows, heights, usual) {
  const tops = new Float64Array(rows.length + 1);
  rows.forEach(({ id }, index) => {
    tops[index + 1] = tops[index] + (heights.get(id) ?? usual);
  });
  return tops;
}

/**
 * @param {Float64Array} tops
 * @param {number} at
 * @returns {number} the row that lies there; the nearest, where none does
 */
export function rowAt(tops, at) {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (tops[middle] <= at) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/**
 * @param {Float64Array} tops
 * @param {{from: number, to: number}} sight
 * @returns {{first: number, end: number}} the rows to have, `end` exclusive
 */
export function rowsFor(tops, { from, to }) {
  const count = tops.length - 1;
  const first = Math.max(0, rowAt(tops, from) - SPARE);
  return { first, end: Math.min(count, rowAt(tops, to) + SPARE + 1) };
}

/** A take that runs has none. @param {{state: string}} row */
export const hasControls = ({ state }) => state !== "recording";

/**
 * The row whose controls Tab reaches.
 *
 * @param {readonly {state: string}[]} rows
 * @param {number} wish
 * @param {{first: number, end: number}} range of rows, `end` exclusive
 * @returns {number} the one nearest to the wish; -1: none
 */
export function rowForTab(rows, wish, { first, end }) {
  /** @param {number} at */
  const isFit = (at) => at >= first && at < end && hasControls(rows[at]);
  for (let distance = 0; distance < end - first; distance += 1) {
    const found = [wish + distance, wish - distance].find(isFit);
    if (found !== undefined) {
      return found;
    }
  }
  return -1;
}

/**
 * Where a key leads from a row.
 *
 * @param {string} key
 * @param {number} from
 * @param {{count: number, page: number}} list page: rows in sight
 * @returns {number | null} null: the key is none of the list's
 */
export function rowByKey(key, from, { count, page }) {
  /** @type {Record<string, number>} */
  const goals = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  };
  return key in goals ? Math.max(0, Math.min(count - 1, goals[key])) : null;
}
