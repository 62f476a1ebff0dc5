/**
 * SHA-256 of a chunk, and of a whole file of any length.
 *
 * @module
 */
import { createSHA256 } from "../../vendor/hash-wasm-4.13.0/sha256.js";
import { toBase64 } from "../core/base64.js";

const STRIDE_BYTES = 4 * 1024 * 1024;

/**
 * @param {ArrayBuffer} bytes
 * @returns {Promise<string>} value of the header Content-Digest (RFC 9530)
 */
export async function contentDigest(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return `sha-256=:${toBase64(new Uint8Array(digest))}:`;
}

/**
 * @param {import("./bytes.js").StoredFile} file read a few megabytes at a time
 * @param {AbortSignal} signal
 * @returns {Promise<string>} hex
 */
export async function digestFile(file, signal) {
  const hasher = await createSHA256();
  hasher.init();
  for (let from = 0; from < file.size; from += STRIDE_BYTES) {
    const to = Math.min(from + STRIDE_BYTES, file.size);
    hasher.update(new Uint8Array(await file.read(from, to)));
    signal.throwIfAborted();
  }
  return hasher.digest("hex");
}
