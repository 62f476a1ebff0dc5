/**
 * A file on this device that a muxer writes to, mostly at its end.
 *
 * @module
 */
import { StreamTarget } from "../../vendor/mediabunny-1.61.0/index.js";

/**
 * @typedef {object} OpenFile
 * @property {number} size
 * @property {(bytes: Uint8Array<ArrayBuffer>) => void} append
 * @property {(bytes: Uint8Array<ArrayBuffer>, at: number) => void} overwrite
 * @property {(bytes: number) => void} grow
 * @property {() => Promise<void>} flush
 * @property {() => void} close
 */

const PIECE_BYTES = 1 << 20;

/** So much may wait in memory where files lie in the database. */
export const FLUSH_BYTES = 32 << 20;

/**
 * Writes what may begin within the file and end behind it.
 *
 * @param {OpenFile} file
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number} at
 */
export function writeAt(file, bytes, at) {
  if (at > file.size) {
    file.grow(at - file.size);
  }
  const within = Math.min(bytes.length, file.size - at);
  if (within > 0) {
    file.overwrite(bytes.subarray(0, within), at);
  }
  if (within < bytes.length) {
    file.append(bytes.subarray(within));
  }
}

/** @param {OpenFile} file @returns {StreamTarget} */
export function targetOf(file) {
  let flushed = 0;
  const writable = new WritableStream({
    /** @param {{data: Uint8Array<ArrayBuffer>, position: number}} chunk */
    async write({ data, position }) {
      writeAt(file, data, position);
      if (file.size - flushed > FLUSH_BYTES) {
        flushed = file.size;
        await file.flush();
      }
    },
  });
  return new StreamTarget(writable, { chunked: true, chunkSize: PIECE_BYTES });
}
