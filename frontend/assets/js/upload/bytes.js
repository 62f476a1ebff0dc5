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

  /** @param {string} id */
  const isRunning = (id) => link.take(id)?.source.isFinished === false;

  /**
   * @param {string} id
   * @param {number} from
   * @param {number} to
   */
  async function readFile(id, from, to) {
    try {
      return await (await file(id)).slice(from, to).arrayBuffer();
    } catch (error) {
      // What its own worker still writes to may be read later.
      throw isRunning(id)
        ? new StudioError("TAKE_UNREADABLE", { cause: error })
        : error;
    }
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
        (isRunning(id) ? await link.read(id, from, to) : null) ??
        (await readFile(id, from, to));
      if (buffer.byteLength !== to - from) {
        throw new StudioError("TAKE_MISSING");
      }
      return buffer;
    },
  };
}
