/**
 * Takes that have files and that the database does not know: it was lost. They get
 * their rows back: a recording as it was when it was finished, and what was not is
 * an interrupted take like any other.
 *
 * @module
 */

import { AUDIO_NAME } from "./files.js";
import { acquireLock, takeLock } from "./locks.js";
import { framesToMs } from "../core/time.js";
import { measure } from "./past.js";

/** @typedef {import("../core/types.js").NewTake} NewTake */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("./files.js").SpoolFile} SpoolFile */
/** @typedef {import("./files.js").SpoolFiles} SpoolFiles */

/**
 * @param {object} options
 * @param {SpoolFiles} options.files
 * @param {import("./journal.js").Database & {owners: {has: (id: string) => Promise<boolean>}}} options.database
 * @param {import("./journal.js").Journal} options.journal
 * @param {object} options.notes
 * @param {() => Promise<string[]>} options.notes.list
 * @param {(id: string) => Promise<{take: NewTake | null, recording: RecordingRow | null}>} options.notes.read
 */
export function createStrays({ files, database, journal, notes }) {
  /** @param {string} id */
  async function isKnown(id) {
    const hasRow = await database.owners.has(id);
    return hasRow || (await database.takes.get(id)) !== undefined;
  }

  /** @param {NewTake} take */
  async function takeIn(take) {
    const { frames, bytes } = await measureFiles(files, take);
    if (frames > 0) {
      await journal.begin(take);
      journal.letGo(take.id);
      await database.takes.update(take.id, {
        framesFlushed: frames,
        flushedAt: take.startedAt + framesToMs(frames, take.rate),
        bytesFlushed: bytes,
      });
    }
  }

  /** @param {string} id of one that nobody else has */
  async function look(id) {
    const { take, recording } = await notes.read(id);
    if (await isKnown(id)) {
      return;
    }
    if (recording) {
      await database.recordings.put(found(recording));
    } else if (take) {
      await takeIn(take);
    }
  }

  return {
    /** Takes in what there is; what cannot be looked at keeps nothing from it. */
    async takeIn() {
      for (const id of await notes.list()) {
        if (!(await isKnown(id))) {
          const release = await acquireLock(takeLock(id));
          await (release && look(id).catch(ignore).finally(release));
        }
      }
    },
  };
}

/**
 * It may have been deleted before: of itself it goes nowhere.
 *
 * @param {RecordingRow} recording
 * @returns {RecordingRow}
 */
function found({ wanted, ...row }) {
  const now = wanted === "server" ? "later" : wanted;
  return { ...row, wanted: now, isFound: true };
}

/** Another time. */
function ignore() {}

/**
 * @param {SpoolFiles} files
 * @param {NewTake} take
 */
async function measureFiles(files, { id, format = "opus", ...sound }) {
  /** @type {SpoolFile[]} */
  const opened = [];
  try {
    for (const name of [AUDIO_NAME, ...(await files.listPcm(id))]) {
      opened.push(await files.open(id, name));
    }
    const [audio, ...pcm] = opened;
    const bytes = audio.size;
    const take = { ...sound, format, bytesFlushed: bytes };
    const { frames } = await measure(audio, pcm, take);
    return { frames, bytes };
  } finally {
    opened.forEach((file) => file.close());
  }
}
