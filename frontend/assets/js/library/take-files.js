/**
 * Files of finished takes, as the page reads and removes them.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";

async function openTakes() {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle("takes", { create: true });
}

/**
 * @param {string} id
 * @param {string} mimeType
 * @returns {Promise<Blob>}
 */
export async function openAudio(id, mimeType) {
  try {
    const folder = await (await openTakes()).getDirectoryHandle(id);
    const file = await (await folder.getFileHandle("audio.webm")).getFile();
    return file.slice(0, file.size, mimeType);
  } catch (error) {
    throw new StudioError("TAKE_MISSING", { cause: error });
  }
}

/**
 * Removes all files of a take; it need not have any.
 *
 * @param {string} id
 */
export async function removeFiles(id) {
  try {
    await (await openTakes()).removeEntry(id, { recursive: true });
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "NotFoundError")) {
      throw new StudioError("STORAGE_ERROR", { cause: error });
    }
  }
}

/**
 * @param {{name: string, mimeType: string}} row
 * @returns {string} its name, with the ending of its kind
 */
export function fileName({ name, mimeType }) {
  const ending = mimeType.includes("webm") ? ".webm" : "";
  return name.toLowerCase().endsWith(ending) ? name : name + ending;
}
