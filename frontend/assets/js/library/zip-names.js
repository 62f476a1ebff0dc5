/**
 * Names of recordings as files of one folder. Pure.
 *
 * @module
 */
import { fileName } from "../core/audio-formats.js";

/** What file systems take for something else, or refuse. */
// eslint-disable-next-line no-control-regex
const UNFIT = /[\u0000-\u001f\u007f"*/:<>?\\|]+/gu;

/**
 * One for each row, in their order; no two are the same where letters' case does
 * not count.
 *
 * @param {readonly {name: string, mimeType: string}[]} rows
 * @param {readonly string[]} [others] that the zip has, too
 * @returns {string[]}
 */
export function zipNames(rows, others = []) {
  const taken = new Set(others.map(folded));
  return rows.map(({ name, mimeType }) => {
    const fit = name
      .replace(UNFIT, " ")
      .replace(/\s+/gu, " ")
      .replace(/^[ .]+|[ .]+$/gu, "");
    const first = fileName({ name: fit || "_", mimeType });
    let own = first;
    for (let turn = 2; taken.has(folded(own)); turn += 1) {
      own = numbered(first, turn);
    }
    taken.add(folded(own));
    return own;
  });
}

/** @param {string} name */
const folded = (name) => name.normalize("NFC").toLowerCase();

/** @param {string} name @param {number} number */
function numbered(name, number) {
  const dot = name.lastIndexOf(".");
  const end = dot > 0 ? dot : name.length;
  return `${name.slice(0, end)} (${number})${name.slice(end)}`;
}
