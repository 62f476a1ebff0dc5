/**
 * Files of takes in OPFS, below `takes/<id>/`. One writer per file, in a worker:
 * only there are writes synchronous. What was appended survives a crash of the
 * browser once flush() has returned.
 *
 * @module
 */

import { StudioError } from "../core/errors.js";

/** @typedef {ReturnType<typeof wrapHandle>} SpoolFile */

export const AUDIO_NAME = "audio.webm";

const ATTEMPTS = 20;
const RETRY_MS = 250;

/**
 * @param {string} id
 * @param {{create?: boolean}} [options]
 */
export async function openFolder(id, { create = false } = {}) {
  const takes = await openTakes();
  return takes.getDirectoryHandle(id, { create }).catch(rethrow);
}

async function openTakes() {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle("takes", { create: true }).catch(rethrow);
}

/**
 * Removes all files of a take; it need not have any.
 *
 * @param {string} id
 */
export async function removeFolder(id) {
  const takes = await openTakes();
  await takes.removeEntry(id, { recursive: true }).catch(ignoreMissing);
}

/**
 * Opens a file for this worker alone, creating it where needed. The lock of a
 * page that crashed lingers for a moment, so this may take seconds.
 *
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} name
 */
export async function openFile(folder, name) {
  const entry = await folder
    .getFileHandle(name, { create: true })
    .catch(rethrow);
  for (let attempt = 1; ; attempt++) {
    try {
      return wrapHandle(await entry.createSyncAccessHandle());
    } catch (error) {
      if (attempt === ATTEMPTS || nameOf(error) === "QuotaExceededError") {
        throw asStorageError(error);
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/**
 * Names of a take's PCM files, one for each time that it was recorded, in no
 * order.
 *
 * @param {FileSystemDirectoryHandle} folder
 */
export async function listPcm(folder) {
  const names = [];
  for await (const name of folder.keys()) {
    if (name.startsWith("pcm.")) {
      names.push(name);
    }
  }
  return names;
}

/** @param {FileSystemSyncAccessHandle} handle */
function wrapHandle(handle) {
  let size = handle.getSize();

  /**
   * @param {Uint8Array<ArrayBuffer>} bytes
   * @param {number} at
   */
  function writeAll(bytes, at) {
    try {
      if (handle.write(bytes, { at }) === bytes.length) {
        return;
      }
    } catch (error) {
      throw asStorageError(error);
    }
    throw new StudioError("STORAGE_FULL");
  }

  return {
    get size() {
      return size;
    },

    /**
     * @param {number} from
     * @param {number} length
     */
    read(from, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - from)));
      return bytes.subarray(0, handle.read(bytes, { at: from }));
    },

    /**
     * Adds at the end, all or nothing.
     *
     * @param {Uint8Array<ArrayBuffer>} bytes
     */
    append(bytes) {
      writeAll(bytes, size);
      size += bytes.length;
    },

    /**
     * @param {Uint8Array<ArrayBuffer>} bytes
     * @param {number} at  within the file
     */
    overwrite: writeAll,

    /** @param {number} length  at most the size */
    truncate(length) {
      handle.truncate(length);
      size = length;
    },

    flush: () => handle.flush(),
    close: () => handle.close(),
  };
}

/** @param {unknown} error */
function asStorageError(error) {
  const full = nameOf(error) === "QuotaExceededError";
  return new StudioError(full ? "STORAGE_FULL" : "SPOOL_FAILED", {
    cause: error,
  });
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function rethrow(error) {
  throw asStorageError(error);
}

/** @param {unknown} error */
function ignoreMissing(error) {
  if (nameOf(error) !== "NotFoundError") {
    throw error;
  }
}

/** @param {unknown} error */
function nameOf(error) {
  return error instanceof Error ? error.name : "";
}
