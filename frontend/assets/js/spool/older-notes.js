/**
 * Notes beside the audio of recordings that have none: what older versions stored,
 * or a browser that was killed before it wrote them.
 *
 * @module
 */

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */

/** Of which version all that is here has a note. */
const PREFERENCE = "notedRecordings";
const VERSION = 1;

/**
 * Writes them one by one, until a take begins: the next start goes on then. Once all
 * are there none is looked for any more.
 *
 * @param {object} options
 * @param {object} options.database
 * @param {{get: (id: string) => Promise<RecordingRow | undefined>, list: () => Promise<RecordingRow[]>}} options.database.recordings
 * @param {{get: (name: string) => Promise<unknown>, set: (name: string, value: unknown) => Promise<void>}} options.database.preferences
 * @param {object} options.notes
 * @param {(id: string) => Promise<boolean>} options.notes.isMissing
 * @param {(row: RecordingRow) => Promise<void>} options.notes.write
 * @param {(id: string) => Promise<(() => void) | null>} options.acquireTake  nobody
 *     removes it meanwhile
 * @param {() => boolean} options.isRecording
 * @param {() => Promise<unknown>} options.rest  between two of them
 */
export async function noteOlder(options) {
  const { database, isRecording, rest } = options;
  if ((await database.preferences.get(PREFERENCE)) === VERSION) {
    return;
  }
  let isWhole = true;
  for (const { id, state } of await database.recordings.list()) {
    if (state === "finished") {
      await rest();
      if (isRecording()) {
        return;
      }
      isWhole = (await noteOne(id, options)) && isWhole;
    }
  }
  await (isWhole && database.preferences.set(PREFERENCE, VERSION));
}

/**
 * @param {string} id
 * @param {Parameters<typeof noteOlder>[0]} options
 * @returns {Promise<boolean>} whether it needs no other look
 */
async function noteOne(id, { database, notes, acquireTake }) {
  if (!(await notes.isMissing(id))) {
    return true;
  }
  const release = await acquireTake(id);
  if (!release) {
    return false;
  }
  try {
    const row = await database.recordings.get(id);
    await (row?.state === "finished" && notes.write(row));
    return !row || !(await notes.isMissing(id));
  } finally {
    release();
  }
}
