/**
 * Bytes as base64 and hex, small ones. Pure.
 *
 * @module
 */

/** @param {Uint8Array} bytes at most some ten thousand */
export function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

/**
 * @param {unknown} text
 * @returns {Uint8Array | null} null if it is no base64
 */
export function fromBase64(text) {
  if (typeof text !== "string") {
    return null;
  }
  try {
    const letters = atob(text);
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at += 1) {
      bytes[at] = letters.charCodeAt(at);
    }
    return bytes;
  } catch {
    return null;
  }
}
