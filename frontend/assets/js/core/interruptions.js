/**
 * From where to where a take has silence because its microphone was gone, muted or
 * gave nothing. Pure.
 *
 * @module
 */

/** @typedef {import("./types.js").TakeMarker} TakeMarker */

/** What is said when a microphone goes; each is one of its own. */
const GONE = new Set([
  "MICROPHONE_ENDED",
  "MICROPHONE_MUTED",
  "MICROPHONE_SILENT",
]);

/** What is said when there is one again. */
const BACK = new Set(["MICROPHONE_BACK", "MICROPHONE_OTHER"]);

/** @param {string} [code]  of a fault that begins an interruption */
export function isGone(code = "") {
  return GONE.has(code);
}

/** @param {string} [code]  of a fault that begins or ends an interruption */
export function isOfMicrophone(code = "") {
  return GONE.has(code) || BACK.has(code);
}

/**
 * @typedef {object} Interruption  in frames of the take
 * @property {number} from
 * @property {number} to
 */

/**
 * However often it is said that a microphone has gone, it has gone once until there
 * is one again; one that never comes back is gone to the end.
 *
 * @param {TakeMarker[]} faults
 * @param {number} end  frames of the take
 * @returns {Interruption[]}
 */
export function interruptionsOf(faults, end) {
  /** @type {Interruption[]} */
  const found = [];
  /** @type {number | null} */
  let from = null;
  const inOrder = [...faults].sort((one, other) => one.frame - other.frame);
  for (const { code = "", frame } of inOrder) {
    if (GONE.has(code)) {
      from ??= frame;
    } else if (BACK.has(code) && from !== null) {
      found.push({ from, to: frame });
      from = null;
    }
  }
  return from === null ? found : [...found, { from, to: Math.max(from, end) }];
}
