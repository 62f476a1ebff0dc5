/** @typedef {import("../../../assets/js/core/types.js").ServerRecording} ServerRecording */

/** A recording of the server's list. @param {string} id @param {string} [name] */
export const serverRow = (id, name = id) =>
  /** @type {ServerRecording} */ (/** @type {unknown} */ ({ id, name }));
