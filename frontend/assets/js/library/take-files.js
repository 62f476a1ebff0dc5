/**
 * Files of takes that nobody writes, wherever they lie: in OPFS, or in the
 * database where the browser had no synchronous files when they were made.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";
import { RECORDING_NAME, noteOf } from "../core/recording-note.js";
import { PAGE_BYTES } from "./pages.js";

/** @typedef {import("./pages.js").Pages} Pages */
/** @typedef {ReturnType<typeof createTakeFiles>} TakeFiles */

/**
 * @typedef {object} StoredFile
 * @property {number} size
 * @property {(from: number, to: number) => Promise<ArrayBuffer>} read
 * @property {(mimeType: string) => Promise<Blob>} blob
 */

export const AUDIO_NAME = "audio.webm";

/** What is read of the database at a time, when all of a file is wanted. */
const PIECE_BYTES = 256 * PAGE_BYTES;

/** @param {Pages} pages */
export function createTakeFiles(pages) {
  return {
    /**
     * @param {string} take
     * @param {string} [name]
     * @returns {Promise<StoredFile>} rejects with TAKE_MISSING if there is none
     */
    async stored(take, name = AUDIO_NAME) {
      try {
        const size = await pages.size({ take, name });
        return size === null
          ? await storedInOpfs(take, name)
          : storedInPages(pages, { take, name, size });
      } catch (error) {
        // What the database says of itself is no news of the take.
        throw error instanceof StudioError
          ? error
          : new StudioError("TAKE_MISSING", { cause: error });
      }
    },

    /**
     * @param {string} take
     * @returns {Promise<string[]>} names of its files
     */
    async names(take) {
      const names = await pages.names(take);
      for await (const name of (await openFolder(take))?.keys() ?? []) {
        names.push(name);
      }
      return names;
    },

    /**
     * @param {string} take
     * @param {string} name
     * @returns {Promise<boolean>} rejects where nobody can say: a browser that gives
     *   no OPFS today may do so again
     */
    async has(take, name) {
      if ((await pages.size({ take, name })) !== null) {
        return true;
      }
      if (!(await openRoot())) {
        throw new StudioError("TAKE_UNREADABLE");
      }
      return (await this.names(take)).includes(name);
    },

    /**
     * A new audio file in OPFS, which is there once it is closed.
     *
     * @param {string} take
     */
    async create(take) {
      try {
        const takes = await openTakes();
        const folder = await takes?.getDirectoryHandle(take, { create: true });
        const file = await folder?.getFileHandle(AUDIO_NAME, { create: true });
        if (file) {
          return await file.createWritable();
        }
      } catch (error) {
        throw new StudioError("STORAGE_ERROR", { cause: error });
      }
      throw new StudioError("STORAGE_ERROR");
    },

    /**
     * Notes beside its audio what a recording is. Resolves also if that failed: it
     * helps only where the database gets lost.
     *
     * @param {import("../core/types.js").RecordingRow} row
     */
    async note(row) {
      try {
        const folder = await openFolder(row.id);
        const file = await folder?.getFileHandle(RECORDING_NAME, {
          create: true,
        });
        const sink = await file?.createWritable();
        await sink?.write(noteOf(row));
        await sink?.close();
      } catch {
        // Audio that lies in the database has nothing beside it, either.
      }
    },

    /**
     * Removes a file of a take; it need not exist.
     *
     * @param {string} take
     * @param {string} name
     */
    async remove(take, name) {
      await pages.remove({ take, name });
      await (await openFolder(take))?.removeEntry(name).catch(ignoreMissing);
    },

    /**
     * Removes all files of a take; it need not have any.
     *
     * @param {string} take
     */
    async removeAll(take) {
      await pages.removeAll(take);
      const takes = await openTakes();
      await takes?.removeEntry(take, { recursive: true }).catch(ignoreMissing);
    },
  };
}

/**
 * The folder of all takes in OPFS.
 *
 * @returns {Promise<FileSystemDirectoryHandle | null>} null: the browser gives none
 */
async function openTakes() {
  const root = await openRoot();
  return root?.getDirectoryHandle("takes", { create: true }) ?? null;
}

/**
 * Rejected in private windows of some browsers, not there in old ones.
 *
 * @returns {Promise<FileSystemDirectoryHandle | null>} null: the browser gives none
 */
export async function openRoot() {
  try {
    return await navigator.storage.getDirectory();
  } catch {
    return null;
  }
}

/**
 * @param {string} take
 * @returns {Promise<FileSystemDirectoryHandle | null>}
 */
async function openFolder(take) {
  const takes = await openTakes();
  return (await takes?.getDirectoryHandle(take).catch(ignoreMissing)) ?? null;
}

/**
 * @param {string} take
 * @param {string} name
 * @returns {Promise<StoredFile>}
 */
async function storedInOpfs(take, name) {
  const entry = await (await openFolder(take))?.getFileHandle(name);
  if (!entry) {
    throw new StudioError("TAKE_MISSING");
  }
  const file = await entry.getFile();
  return {
    size: file.size,
    read: (from, to) => file.slice(from, to).arrayBuffer(),
    blob: async (mimeType) => file.slice(0, file.size, mimeType),
  };
}

/**
 * @param {Pages} pages
 * @param {{take: string, name: string, size: number}} file
 * @returns {StoredFile}
 */
function storedInPages(pages, { size, ...file }) {
  return {
    size,
    read: async (from, to) =>
      (await pages.read(file, from, Math.min(to, size))).buffer,
    async blob(mimeType) {
      const parts = [];
      for (let from = 0; from < size; from += PIECE_BYTES) {
        const to = Math.min(from + PIECE_BYTES, size);
        parts.push(new Blob([await pages.read(file, from, to)]));
      }
      return new Blob(parts, { type: mimeType });
    },
  };
}

/**
 * @param {unknown} error
 * @returns {null}
 */
export function ignoreMissing(error) {
  if (error instanceof DOMException && error.name === "NotFoundError") {
    return null;
  }
  throw new StudioError("STORAGE_ERROR", { cause: error });
}
