/**
 * SHA-256 of a whole file, in pieces: crypto.subtle wants it all at once.
 *
 * @module
 */

import { createSHA256 } from "../../vendor/hash-wasm-4.13.0/sha256.js";

const PIECE_BYTES = 1 << 20;

/** So often others get their turn: reading may be over before it begins. */
const TURN_BYTES = 32 * PIECE_BYTES;

/**
 * @param {import("../core/webm-scan.js").ByteSource} source
 * @returns {Promise<string>} hex
 */
export async function digestOf(source) {
  const hash = await createSHA256();
  for (let at = 0; at < source.size; at += PIECE_BYTES) {
    hash.update(await source.read(at, PIECE_BYTES));
    if (at % TURN_BYTES === 0) {
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  return hash.digest("hex");
}
