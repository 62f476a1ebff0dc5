/** The names docs/openapi.yaml gives to what a client writes and reads. */

import { METHODS, resolve } from "./spec.mjs";

/**
 * @param {any} document
 * @returns {string[]} operations such as `GET /uploads`; parameters, headers and
 *   members such as `chunk_index`, wherever paths lead to
 */
export function readNames(document) {
  /** @type {Set<string>} */
  const names = new Set();

  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS.filter((each) => item[each])) {
      names.add(`${method.toUpperCase()} ${path}`);
    }
  }
  addNames(document, document.paths, names, new Set());
  return [...names];
}

/**
 * @param {any} document
 * @param {any} value part of the document, or what it refers to
 * @param {Set<string>} names
 * @param {Set<any>} seen
 */
function addNames(document, value, names, seen) {
  if (typeof value !== "object" || value === null) {
    return;
  }
  const part = resolve(document, value);
  if (seen.has(part)) {
    return;
  }
  seen.add(part);
  if (part.in) {
    names.add(part.name);
  }
  for (const key of ["headers", "properties"]) {
    Object.keys(part[key] ?? {}).forEach((name) => names.add(name));
  }
  for (const each of Object.values(part)) {
    addNames(document, each, names, seen);
  }
}
