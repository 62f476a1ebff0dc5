/**
 * Takes that a crash, a closed page or an empty battery interrupted: a row in
 * `crashGuard` whose lock nobody holds.
 *
 * @module
 */

import { AUDIO_NAME } from "./files.js";
import { acquireLock, takeLock } from "./locks.js";
import { StudioError, codeOf } from "../core/errors.js";
import { framesToMs } from "../core/time.js";
import { repairAudio } from "./repair.js";
import { repairWav } from "./repair-wav.js";

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").TakeRow} TakeRow */
/** @typedef {import("./files.js").SpoolFile} SpoolFile */

/**
 * @param {object} options
 * @param {import("./files.js").SpoolFiles} options.files
 * @param {import("./journal.js").Database} options.database
 * @param {import("./journal.js").Journal} options.journal
 * @param {import("./offers.js").Offers} options.offers
 */
export function createRecovery({ files, database, journal, offers }) {
  /**
   * Refuses what is no take any more: another tab was faster.
   *
   * @param {string} id
   */
  async function demandTake(id) {
    const take = await journal.takeOf(id);
    if (!take) {
      throw new StudioError("TAKE_MISSING");
    }
    return take;
  }

  /**
   * The take's row goes last: as long as it is there, whoever starts next finds
   * it and tells of it once more.
   *
   * @param {string} id
   */
  async function forget(id) {
    await files.removeAll(id);
    offers.discarded(id);
    await journal.forget(id);
  }

  /**
   * @param {string} id
   * @returns {Promise<RecordingRow | null>} null: it runs, or is complete, or was
   *   deleted since it was looked for
   */
  async function interrupted(id) {
    const take = await database.takes.get(id);
    if (!take) {
      return null;
    }
    const row = await database.recordings.get(take.id);
    if (!row) {
      await forget(take.id);
      return null;
    }
    if (row.state === "finished") {
      await database.takes.remove(take.id);
      return null;
    }
    if (row.state === "interrupted") {
      return row;
    }
    const patch = {
      state: /** @type {const} */ ("interrupted"),
      durationMs: framesToMs(take.framesFlushed, take.rate),
      sizeBytes: take.bytesFlushed,
    };
    return (await database.recordings.update(take.id, patch)) ?? null;
  }

  /** @param {string} id of a take that nobody else can have now */
  async function recoverOwn(id) {
    const take = await demandTake(id);
    const { markers } = take;
    const repaired = await repairFiles(files, take).catch(async (error) => {
      await (codeOf(error, "") === "TAKE_EMPTY" && forget(id));
      throw error;
    });
    const audio = { ...repaired, markers };
    const recording = await journal.finish(id, audio);
    offers.finished(id, audio);
    return recording;
  }

  return {
    /**
     * All interrupted takes, now marked as such. One that cannot be looked at
     * keeps none of the others from it; then this rejects in the end.
     *
     * @returns {Promise<RecordingRow[]>}
     */
    async list() {
      const rows = [];
      const failures = [];
      for (const { id } of await database.takes.list()) {
        try {
          const row = await alone(id, () => interrupted(id));
          rows.push(...(row ? [row] : []));
        } catch (error) {
          failures.push(...(isBusy(error) ? [] : [error]));
        }
      }
      if (failures.length > 0) {
        throw failures[0];
      }
      return rows;
    },

    /**
     * Makes a finished recording of an interrupted take.
     *
     * @param {string} id
     * @returns {Promise<RecordingRow | undefined>}
     */
    recover: (id) => alone(id, () => recoverOwn(id)),

    recoverOwn,
  };
}

/**
 * @param {import("./files.js").SpoolFiles} files
 * @param {TakeRow} take
 */
async function repairFiles(files, take) {
  const { id } = take;
  /** @type {SpoolFile[]} */
  const opened = [];
  try {
    for (const name of [AUDIO_NAME, ...(await files.listPcm(id))]) {
      opened.push(await files.open(id, name));
    }
    const [audio, ...pcm] = opened;
    return take.format === "wav"
      ? await repairWav(audio, pcm, take)
      : await repairAudio(audio, pcm);
  } finally {
    opened.forEach((file) => file.close());
  }
}

/** @param {unknown} error */
function isBusy(error) {
  return codeOf(error, "") === "TAKE_BUSY";
}

/**
 * Runs `work` while nobody else can have the take.
 *
 * @template Result
 * @param {string} id
 * @param {() => Promise<Result>} work
 */
async function alone(id, work) {
  const release = await acquireLock(takeLock(id));
  if (!release) {
    throw new StudioError("TAKE_BUSY");
  }
  try {
    return await work();
  } finally {
    await release();
  }
}
