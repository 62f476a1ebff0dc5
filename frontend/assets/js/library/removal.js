/**
 * Frees what a recording has on this device.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";
import { copiesOf, isUploaded } from "../core/parts.js";

/** @typedef {(id: string) => Promise<(() => void) | null>} AcquireTake null: somebody has it */

/**
 * Rejects with NOT_ON_SERVER unless the server has the same bytes.
 *
 * @param {import("../core/types.js").RecordingRow | undefined} row
 * @param {{recording: (fileId: string) => Promise<{sha256: string | null, size: number}>}} server
 */
export async function assertOnServer(row, server) {
  if (!row || !isUploaded(row)) {
    throw new StudioError("NOT_ON_SERVER");
  }
  for (const copy of copiesOf(row)) {
    const { sha256, size } = await server.recording(copy.fileId);
    if (sha256 !== copy.sha256 || size !== copy.sizeBytes) {
      throw new StudioError("NOT_ON_SERVER");
    }
  }
}

/**
 * Its bytes go first: nobody would find them without the rows, and what has rows
 * can be freed once more. A player then has the server's copy, if there is one.
 * Nobody else has it meanwhile: what another page deletes goes to the trash with its
 * bytes.
 *
 * @param {Pick<import("./database.js").Database, "files" | "uploads" | "recordings" | "takes">} database
 * @param {string} id
 * @param {AcquireTake} acquireTake
 */
export async function freeRecording(database, id, acquireTake) {
  const release = await acquireTake(id);
  if (!release) {
    throw new StudioError("TAKE_BUSY");
  }
  try {
    await removeAll(database, id);
  } finally {
    release();
  }
}

/**
 * @param {Parameters<typeof freeRecording>[0]} database
 * @param {string} id
 */
async function removeAll(database, id) {
  if (!(await database.recordings.get(id))) {
    throw new StudioError("TAKE_MISSING");
  }
  await database.files.removeAll(id);
  await database.uploads.remove(id);
  await database.recordings.remove(id);
  await database.takes.remove(id);
}
