/**
 * What is done about a fault that befalls a running take. None of them ends it but
 * a full disk.
 *
 * @module
 */

/**
 * @typedef {object} Befallen
 * @property {import("./line.js").Line} line
 * @property {AbortSignal} over  the end of the take
 * @property {(moment: import("../core/types.js").TakeMoment) => Promise<void>} mark
 * @property {() => Promise<unknown>} stop
 */

/**
 * @param {string} code
 * @param {Befallen} take
 */
export function survive(code, { line, over, mark, stop }) {
  if (isOwnFault(code)) {
    mark({ kind: "fault", code }).catch(ignore);
  }
  if (code === "STORAGE_FULL") {
    stop().catch(ignore);
  }
  if (code === "MICROPHONE_ENDED") {
    line.comeBack(over);
  }
}

/**
 * How it is noted that a microphone is there again.
 *
 * @param {string | null} name  of another one in its place
 * @returns {import("../core/types.js").TakeMoment}
 */
export function returnOf(name) {
  const kind = "fault";
  return name === null
    ? { kind, code: "MICROPHONE_BACK" }
    : { kind, code: "MICROPHONE_OTHER", text: name };
}

/** What failed is told by the fault that led to it. */
export function ignore() {}

/** @param {string} code  what the spool finds it notes itself */
function isOwnFault(code) {
  return code.startsWith("MICROPHONE_") || code === "AUDIO_STALLED";
}
