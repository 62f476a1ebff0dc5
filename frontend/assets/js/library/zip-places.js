/**
 * Where a zip goes while it is made: into the file that a person picks, where the
 * browser lets them; else into a file of the page's own, which is then downloaded;
 * else into memory, as much as can be asked of that.
 *
 * Calling sequence: `choose` in what the person does, `open`, and when all is
 * written `finish`, or `fail`.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";
import { demandRoom } from "./room.js";
import { saveBlob } from "./save-blob.js";

/**
 * @typedef {object} ZipPlace
 * @property {boolean} takesRoom that takes may need
 * @property {(bytes: number) => Promise<WritableStream<any>>} open about as
 *   many will come
 * @property {() => Promise<void>} finish
 * @property {() => Promise<void>} fail
 */

/** What is made in memory has to fit there twice. */
export const MOST_MEMORY_BYTES = 512 * 1024 ** 2;

const FOLDER = "zips";
const DAY_MS = 24 * 60 * 60 * 1000;
const TYPE = "application/zip";

/**
 * @param {string} name
 * @param {import("./room.js").Device} device
 * @returns {Promise<ZipPlace>} rejects with an AbortError if a person wants none
 */
export async function chooseZipPlace(name, device) {
  const { showSaveFilePicker: pick } = /** @type {any} */ (globalThis);
  if (typeof pick === "function") {
    const types = [{ accept: { [TYPE]: [".zip"] } }];
    return pickedPlace(await pick({ suggestedName: name, types }));
  }
  const folder = await openFolder({ create: true });
  return folder ? ownPlace(name, folder, device) : memoryPlace(name);
}

/** @param {any} file @returns {ZipPlace} */
function pickedPlace(file) {
  return {
    takesRoom: false,
    open: () => file.createWritable(),
    finish: async () => undefined,
    // What was there before stays; a file that was made for this goes.
    fail: async () => {
      const { size } = await file.getFile().catch(() => ({ size: 1 }));
      await (size === 0 ? file.remove?.().catch(() => undefined) : null);
    },
  };
}

/**
 * Removes what was made a day ago by pages that are gone: the others remove theirs.
 */
export async function sweepZips() {
  const folder = await openFolder({ create: false });
  await (folder ? removeOld(folder) : null);
}

/**
 * @param {{create: boolean}} options
 * @returns {Promise<FileSystemDirectoryHandle | null>} null: no files, or none to
 *   stream to
 */
async function openFolder(options) {
  try {
    const root = await navigator.storage.getDirectory();
    const canStream = "createWritable" in FileSystemFileHandle.prototype;
    return canStream ? await root.getDirectoryHandle(FOLDER, options) : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {FileSystemDirectoryHandle} folder
 * @param {import("./room.js").Device} device
 * @returns {ZipPlace}
 */
function ownPlace(name, folder, device) {
  const entry = crypto.randomUUID();
  const file = () => folder.getFileHandle(entry, { create: true });
  const remove = () => folder.removeEntry(entry).catch(() => undefined);
  return {
    takesRoom: true,
    async open(bytes) {
      await removeOld(folder);
      await demandRoom(device, bytes);
      return (await file()).createWritable();
    },
    async finish() {
      const made = await (await file()).getFile();
      saveBlob(made.slice(0, made.size, TYPE), name, remove);
    },
    fail: remove,
  };
}

/** @param {FileSystemDirectoryHandle} folder */
async function removeOld(folder) {
  for await (const [name, entry] of folder.entries()) {
    const file = /** @type {FileSystemFileHandle} */ (entry);
    const { lastModified } = await file.getFile();
    if (Date.now() - lastModified > DAY_MS) {
      await folder.removeEntry(name).catch(() => undefined);
    }
  }
}

/** @param {string} name @returns {ZipPlace} */
function memoryPlace(name) {
  /** @type {Blob[]} */
  const parts = [];
  return {
    takesRoom: false,
    async open(bytes) {
      if (bytes > MOST_MEMORY_BYTES) {
        throw new StudioError("ZIP_TOO_LARGE");
      }
      return new WritableStream({
        write: (/** @type {Uint8Array<ArrayBuffer>} */ part) =>
          void parts.push(new Blob([part])),
      });
    },
    async finish() {
      saveBlob(new Blob(parts.splice(0), { type: TYPE }), name, () => {});
    },
    fail: async () => void parts.splice(0),
  };
}
