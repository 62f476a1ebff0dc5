import { StudioError } from "../../../assets/js/core/errors.js";

/**
 * A file in memory that behaves as the spool's files in OPFS do, on a disk of
 * `room` bytes of which only what was flushed survives crash().
 *
 * @param {{room?: number}} [options]
 */
export function memoryFile({ room = Infinity } = {}) {
  let bytes = new Uint8Array(0);
  let flushed = bytes;
  const disk = { room };

  /** @param {Uint8Array} more @param {number} at */
  function write(more, at) {
    const length = Math.max(bytes.length, at + more.length);
    if (length > disk.room) {
      throw new StudioError("STORAGE_FULL");
    }
    const next = new Uint8Array(length);
    next.set(bytes);
    next.set(more, at);
    bytes = next;
  }

  return {
    disk,
    get size() {
      return bytes.length;
    },
    /** All of it. */
    contents: () => bytes.slice(),
    /** @param {number} from @param {number} length */
    read: async (from, length) => bytes.slice(from, from + length),
    /** @param {Uint8Array} more */
    append: (more) => write(more, bytes.length),
    /** @param {number} more */
    grow: (more) => write(new Uint8Array(more), bytes.length),
    overwrite: write,
    /** @param {number} length */
    truncate: (length) => {
      bytes = bytes.slice(0, length);
    },
    flush: async () => {
      flushed = bytes.slice();
    },
    close: () => undefined,
    crash: () => {
      bytes = flushed.slice();
    },
  };
}
