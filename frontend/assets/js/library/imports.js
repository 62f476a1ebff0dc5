/**
 * Audio files that become recordings of this device, byte for byte where the library
 * and the server take such files.
 *
 * @module
 */
import { demandRoom } from "./room.js";

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {{signal: AbortSignal, onProgress: (fraction: number) => void}} Run */

/**
 * What was found in a file.
 *
 * @typedef {Pick<RecordingRow, "mimeType" | "durationMs" | "sizeBytes" | "sha256" | "peaks">
 *   & {isWhole: boolean}} Taken
 */

/**
 * @param {object} options
 * @param {object} options.database
 * @param {{put: (row: RecordingRow) => Promise<void>}} options.database.recordings
 * @param {{get: (name: string) => Promise<unknown>}} options.database.preferences
 * @param {{note: (row: RecordingRow) => Promise<void>}} options.database.files
 * @param {import("./scratch.js").Scratch} options.scratch
 * @param {import("./room.js").Device} options.device
 * @param {(job: {file: File, to: string}, run: Run) => Promise<Taken>} options.takeIn
 */
export function createImports({ database, scratch, device, takeIn }) {
  return {
    /**
     * @param {File} file
     * @param {Run} run
     * @returns {Promise<Taken>}
     */
    async run(file, run) {
      await demandRoom(device, file.size);
      const id = crypto.randomUUID();
      await scratch.begin(id);
      try {
        const taken = await takeIn({ file, to: id }, run);
        run.signal.throwIfAborted();
        const goal = await database.preferences.get("destination");
        const wanted = goal === "device" ? "device" : "later";
        const row = rowOf(file, taken, { id, wanted });
        await database.files.note(row);
        await database.recordings.put(row);
        // It is a recording: what stays noted, the next sweep forgets.
        await scratch.keep(id).catch(() => undefined);
        return taken;
      } catch (error) {
        await scratch.remove(id).catch(() => undefined);
        throw error;
      }
    },
  };
}

/**
 * @param {File} file
 * @param {Taken} taken
 * @param {{id: string, wanted: RecordingRow["wanted"]}} fate
 * @returns {RecordingRow}
 */
function rowOf(file, { isWhole: _isWhole, ...taken }, { id, wanted }) {
  return {
    id,
    name: plainName(file.name),
    timestamp: file.lastModified,
    ...taken,
    place: "device",
    state: "finished",
    uploaded: null,
    wanted,
    gaps: 0,
    granted: null,
  };
}

/** @param {string} name @returns {string} without its ending */
export function plainName(name) {
  return name.replace(/(?<=.)\.[a-z0-9]{1,5}$/i, "");
}
