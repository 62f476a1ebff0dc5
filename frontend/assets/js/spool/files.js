/**
 * Files that takes are written to, each by one worker. They lie in OPFS, below
 * `takes/<id>/`; where the browser has no synchronous files there, in the
 * database. Nobody above knows which. What was written survives a crash of the
 * browser once flush() has resolved.
 *
 * @module
 */

import { StudioError, codeOf } from "../core/errors.js";
import { openPagedFile } from "./paged-file.js";

/** @typedef {ReturnType<typeof createSpoolFiles>} SpoolFiles */

/**
 * An open file. What is written can be read at once; the end is `size`.
 *
 * @typedef {object} SpoolFile
 * @property {number} size
 * @property {(from: number, length: number) => Promise<Uint8Array<ArrayBuffer>>} read
 *     fewer bytes at the end
 * @property {(bytes: Uint8Array<ArrayBuffer>) => void} append  adds them at the
 *     end, all or none
 * @property {(bytes: number) => void} grow  adds so many zeros at the end: room
 *     for what follows, secured where that can be done
 * @property {(bytes: Uint8Array<ArrayBuffer>, at: number) => void} overwrite
 *     within the file
 * @property {(length: number) => void} truncate  at most the size
 * @property {() => Promise<void>} flush  rejects with STORAGE_FULL where append()
 *     could not tell; what it did not write it writes the next time
 * @property {() => void} close  what was not flushed may be lost
 */

/**
 * Files that nobody writes, and pages in the database.
 *
 * @typedef {object} Stores
 * @property {import("./paged-file.js").Pages} pages
 * @property {object} files
 * @property {(take: string) => Promise<string[]>} files.names
 * @property {(take: string, name: string) => Promise<void>} files.remove
 * @property {(take: string) => Promise<void>} files.removeAll
 */

export const AUDIO_NAME = "audio.webm";

const ATTEMPTS = 20;
const RETRY_MS = 250;

/** @param {Stores} stores */
export function createSpoolFiles({ pages, files }) {
  return {
    /**
     * Opens a file for this worker alone, creating it where needed. The lock of
     * a page that crashed lingers for a moment, so this may take seconds.
     *
     * @param {string} take
     * @param {string} name
     * @returns {Promise<SpoolFile>}
     */
    async open(take, name) {
      const isPaged = (await pages.size({ take, name })) !== null;
      const root = isPaged ? null : await openRoot();
      return root
        ? openHandle(root, take, name)
        : openPagedFile(pages, { take, name });
    },

    /**
     * Names of a take's PCM files, one for each time that it was recorded, in no
     * order.
     *
     * @param {string} take
     */
    async listPcm(take) {
      const names = await files.names(take);
      return names.filter((name) => name.startsWith("pcm."));
    },

    remove: files.remove,
    removeAll: files.removeAll,
  };
}

/**
 * Private windows of some browsers reject this, old ones have no such handles.
 *
 * @returns {Promise<FileSystemDirectoryHandle | null>} null: no synchronous files
 */
export async function openRoot() {
  try {
    const root = await navigator.storage.getDirectory();
    const { prototype } = FileSystemFileHandle;
    return "createSyncAccessHandle" in prototype ? root : null;
  } catch {
    return null;
  }
}

/**
 * @param {FileSystemDirectoryHandle} root
 * @param {string} take
 * @param {string} name
 */
export async function openHandle(root, take, name) {
  const options = { create: true };
  try {
    const takes = await root.getDirectoryHandle("takes", options);
    const folder = await takes.getDirectoryHandle(take, options);
    const entry = await folder.getFileHandle(name, options);
    return wrapHandle(await acquireHandle(entry));
  } catch (error) {
    throw asStorageError(error);
  }
}

/** @param {FileSystemFileHandle} entry */
async function acquireHandle(entry) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await entry.createSyncAccessHandle();
    } catch (error) {
      if (attempt === ATTEMPTS || nameOf(error) === "QuotaExceededError") {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/**
 * @param {FileSystemSyncAccessHandle} handle
 * @returns {SpoolFile}
 */
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

  /** @param {Uint8Array<ArrayBuffer>} bytes */
  function append(bytes) {
    writeAll(bytes, size);
    size += bytes.length;
  }

  return {
    get size() {
      return size;
    },
    async read(from, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - from)));
      return bytes.subarray(0, handle.read(bytes, { at: from }));
    },
    append,
    grow: (bytes) => append(new Uint8Array(bytes)),
    overwrite: writeAll,
    truncate(length) {
      handle.truncate(length);
      size = length;
    },
    flush: async () => handle.flush(),
    close: () => handle.close(),
  };
}

/**
 * Appends, making room on a full disk as long as that helps.
 *
 * @param {SpoolFile} file
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {() => boolean} [makeRoom]  true if trying again may help
 */
export function appendWithRoom(file, bytes, makeRoom = () => false) {
  for (;;) {
    try {
      return file.append(bytes);
    } catch (error) {
      if (codeOf(error, "") !== "STORAGE_FULL" || !makeRoom()) {
        throw error;
      }
    }
  }
}

/** @param {unknown} error */
function asStorageError(error) {
  const full = nameOf(error) === "QuotaExceededError";
  return new StudioError(full ? "STORAGE_FULL" : "SPOOL_FAILED", {
    cause: error,
  });
}

/** @param {unknown} error */
function nameOf(error) {
  return error instanceof Error ? error.name : "";
}
