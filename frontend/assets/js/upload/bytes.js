/**
 * Bytes of takes, wherever they lie: with the spool worker while it holds the
 * file open, else on the device.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";

/** @typedef {import("./spool-link.js").SpoolLink} SpoolLink */
/** @typedef {ReturnType<typeof createBytes>} Bytes */

/**
 * A file that is complete.
 *
 * @typedef {object} StoredFile
 * @property {number} size
 * @property {(from: number, to: number) => Promise<ArrayBuffer>} read
 */

/**
 * @param {SpoolLink} link
 * @param {{stored: (id: string) => Promise<StoredFile>}} files
 */
export function createBytes(link, files) {
  /** @param {string} id */
  const isRunning = (id) => link.take(id)?.source.isFinished === false;

  /**
   * @param {string} id
   * @param {number} from
   * @param {number} to
   */
  async function readFile(id, from, to) {
    try {
      return await (await files.stored(id)).read(from, to);
    } catch (error) {
      // What its own worker still writes to may be read later.
      throw isRunning(id)
        ? new StudioError("TAKE_UNREADABLE", { cause: error })
        : error;
    }
  }

  return {
    file: files.stored,

    /**
     * @param {string} id
     * @param {number} from
     * @param {number} to
     * @returns {Promise<ArrayBuffer>}
     */
    async read(id, from, to) {
      const buffer =
        (isRunning(id) ? await link.read(id, from, to) : null) ??
        (await readFile(id, from, to));
      if (buffer.byteLength !== to - from) {
        throw new StudioError("TAKE_TORN");
      }
      return buffer;
    },
  };
}
