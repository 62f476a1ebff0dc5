/**
 * Which rows of the library are shown, and in which order. Pure.
 *
 * @module
 */
import { collator } from "../core/intl.js";

/** @typedef {import("./ports.js").LibraryRow} LibraryRow */
/** @typedef {typeof FILTERS[number]} Filter */
/** @typedef {typeof SORTS[number]} Sort */
/** @typedef {{filter: Filter, text: string, sort: Sort}} Query */
/** @typedef {Record<Filter, number>} Counts */
/** @typedef {(a: LibraryRow, b: LibraryRow) => number} Order */

export const FILTERS = /** @type {const} */ ([
  "all",
  "device",
  "server",
  "interrupted",
  "trash",
]);

export const SORTS = /** @type {const} */ ([
  "newest",
  "oldest",
  "name",
  "nameDown",
  "longest",
  "shortest",
  "largest",
  "smallest",
]);

/** @type {Readonly<Record<Filter, (row: LibraryRow) => boolean>>} */
const MATCHES = Object.freeze({
  all: () => true,
  device: ({ onServer, state }) => !onServer && state !== "interrupted",
  server: ({ onServer, state }) => onServer && state !== "interrupted",
  interrupted: ({ state }) => state === "interrupted",
  trash: () => false,
});

/**
 * A text as it is compared: without case and accents.
 *
 * @param {string} text
 */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * @param {readonly LibraryRow[]} rows the newest first
 * @param {string} text words that all stand in the name, in whatever order
 */
export function findRows(rows, text) {
  const words = folded(text).split(/\s+/u).filter(Boolean);
  if (words.length === 0) {
    return rows;
  }
  return rows.filter(({ name }) => {
    const own = folded(name);
    return words.every((word) => own.includes(word));
  });
}

/**
 * @param {readonly LibraryRow[]} rows
 * @returns {Counts} how many each filter lets through
 */
export function countRows(rows) {
  const count = (/** @type {Filter} */ filter) =>
    rows.filter(MATCHES[filter]).length;
  return {
    all: rows.length,
    device: count("device"),
    server: count("server"),
    interrupted: count("interrupted"),
    trash: 0,
  };
}

/**
 * @param {readonly LibraryRow[]} rows the newest first; that order decides
 *   between equals
 * @param {Query} query
 * @param {string} locale
 * @param {readonly LibraryRow[]} [trash] that only its own filter shows
 * @returns {{shown: readonly LibraryRow[], counts: Counts}} counts of what the
 *   text finds, for each filter
 */
export function queryRows(rows, { filter, text, sort }, locale, trash = []) {
  const found = findRows(rows, text);
  const deleted = findRows(trash, text);
  const passed =
    filter === "trash" ? [...deleted] : found.filter(MATCHES[filter]);
  const order = orderFor(sort, locale);
  const shown = order ? passed.sort(order) : passed;
  return { shown, counts: { ...countRows(found), trash: deleted.length } };
}

/**
 * @param {Sort} sort
 * @param {string} locale
 * @returns {Order | null} null: as they come
 */
function orderFor(sort, locale) {
  switch (sort) {
    case "oldest":
      return (a, b) => a.timestamp - b.timestamp;
    case "name":
      return byName(locale);
    case "nameDown":
      return turned(byName(locale));
    case "longest":
      return turned(byLength);
    case "shortest":
      return knownFirst(byLength);
    case "largest":
      return (a, b) => b.sizeBytes - a.sizeBytes;
    case "smallest":
      return (a, b) => a.sizeBytes - b.sizeBytes;
    default:
      return null;
  }
}

/** @param {Order} order @returns {Order} */
const turned = (order) => (a, b) => order(b, a);

/** @param {string} locale @returns {Order} `Take 10` after `Take 9` */
function byName(locale) {
  const { compare } = collator(locale, { numeric: true });
  return (a, b) => compare(a.name, b.name);
}

/** @type {Order} an unknown length counts as none */
const byLength = (a, b) => (a.durationMs ?? -1) - (b.durationMs ?? -1);

/** @param {Order} order @returns {Order} with unknown lengths at the end */
const knownFirst = (order) => (a, b) =>
  Number(a.durationMs === null) - Number(b.durationMs === null) || order(a, b);
