/**
 * Bytes of takes, wherever they lie: with the spool worker while it holds the
 * file open, else in OPFS.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";

/** @typedef {import("./spool-link.js").SpoolLink} SpoolLink */
/** @typedef {ReturnType<typeof createBytes>} Bytes */

/** @param {SpoolLink} link */
export function createBytes(link) {
  /**
   * @param {string} id
   * @returns {Promise<File>} of a finished take
   */
  async function file(id) {
    try {
      const root = await navigator.storage.getDirectory();
      const takes = await root.getDirectoryHandle("takes");
      const folder = await takes.getDirectoryHandle(id);
      return await (await folder.getFileHandle("audio.webm")).getFile();
    } catch (error) {
      throw new StudioError("TAKE_MISSING", { cause: error });
    }
  }

  /**
   * @param {string} id
   * @param {number} from
   * @param {number} to
   */
  async function readRunning(id, from, to) {
    const take = link.take(id);
    const isRunning = take && !take.source.isFinished;
    return isRunning ? link.read(id, from, to) : null;
  }

  return {
    file,

    /**
     * @param {string} id
     * @param {number} from
     * @param {number} to
     * @returns {Promise<ArrayBuffer>}
     */
    async read(id, from, to) {
      const buffer =
        (await readRunning(id, from, to)) ??
        (await (await file(id)).slice(from, to).arrayBuffer());
      if (buffer.byteLength !== to - from) {
        throw new StudioError("TAKE_MISSING");
      }
      return buffer;
    },
  };
}
