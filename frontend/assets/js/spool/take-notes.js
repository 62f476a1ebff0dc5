/**
 * What a take is, in a file beside its bytes: the database may be lost, the browser
 * throws away one that it cannot read. Where bytes lie in the database there is no
 * such file.
 *
 * @module
 */

import { RECORDING_NAME, noteOf, recordingOf } from "../core/recording-note.js";
import { AUDIO_NAME, openHandle, openRoot } from "./files.js";

/** @typedef {import("../core/types.js").NewTake} NewTake */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */

const TAKE_NAME = "take.json";

/** @param {NewTake} take as it begins */
export const writeTakeNote = (take) =>
  write(take.id, TAKE_NAME, JSON.stringify(take));

/** @param {RecordingRow} row of a take that is finished */
export const writeRecordingNote = (row) =>
  write(row.id, RECORDING_NAME, noteOf(row));

/**
 * @param {string} id
 * @returns {Promise<boolean>} whether there is audio with nothing beside it that
 *     says of which recording it is
 */
export async function lacksRecordingNote(id) {
  const folder = await (
    await openTakes()
  )
    ?.getDirectoryHandle(id)
    .catch(() => undefined);
  const has = async (/** @type {string} */ name) =>
    (await folder?.getFileHandle(name).catch(() => undefined)) !== undefined;
  return (await has(AUDIO_NAME)) && !(await has(RECORDING_NAME));
}

/**
 * @param {string} id
 * @returns {Promise<{take: NewTake | null, recording: RecordingRow | null}>} null:
 *     there is none, or it was cut
 */
export async function readNotes(id) {
  const take = await read(id, TAKE_NAME);
  return { take, recording: recordingOf(await read(id, RECORDING_NAME)) };
}

/**
 * Resolves also if that failed: the take goes on without.
 *
 * @param {string} id
 * @param {string} name
 * @param {string} note
 */
async function write(id, name, note) {
  /** @type {Awaited<ReturnType<typeof openHandle>> | null} */
  let file = null;
  try {
    const root = await openRoot();
    file = root && (await openHandle(root, id, name));
    file?.truncate(0);
    file?.append(new TextEncoder().encode(note));
    await file?.flush();
  } catch {
    // It helps only where the database gets lost.
  } finally {
    file?.close(); // what is open cannot be removed
  }
}

/** @param {string} id @param {string} name @returns {Promise<any>} */
async function read(id, name) {
  try {
    const folder = await (await openTakes())?.getDirectoryHandle(id);
    const entry = await folder?.getFileHandle(name);
    const note = JSON.parse((await (await entry?.getFile())?.text()) ?? "null");
    return note?.id === id ? note : null;
  } catch {
    return null;
  }
}

/** @returns {Promise<string[]>} ids of all that has files of its own */
export async function listTakeFolders() {
  const ids = [];
  for await (const id of (await openTakes())?.keys() ?? []) {
    ids.push(id);
  }
  return ids;
}

async function openTakes() {
  const root = await openRoot();
  return root?.getDirectoryHandle("takes", { create: true }) ?? null;
}
