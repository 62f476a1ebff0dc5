/**
 * Frees what a recording has on this device.
 *
 * @module
 */

/**
 * Its bytes go first: nobody would find them without the rows, and what has rows
 * can be freed once more. A player then has the server's copy, if there is one.
 *
 * @param {Pick<import("./database.js").Database, "files" | "uploads" | "recordings" | "takes">} database
 * @param {string} id
 */
export async function freeRecording(database, id) {
  await database.files.removeAll(id);
  await database.uploads.remove(id);
  await database.recordings.remove(id);
  await database.takes.remove(id);
}
