/**
 * Recordings as one zip, made while it is written: what is here comes from here,
 * the rest from the server.
 *
 * @module
 */
import { StudioError, codeOf } from "../core/errors.js";
import { zipNames } from "./zip-names.js";

/** @typedef {import("./rows.js").LibraryRow} LibraryRow */
/** @typedef {import("./zip-places.js").ZipPlace} ZipPlace */
/** @typedef {AsyncIterable<Uint8Array<ArrayBuffer>>} Bytes */
/** @typedef {{done: number, count: number, fraction: number}} ZipProgress done: how many are in it */
/** @typedef {ReturnType<typeof createZip>} Zip */
/** @typedef {Pick<LibraryRow, "id" | "fileId" | "name" | "timestamp" | "mimeType" | "state" | "onDevice" | "sizeBytes">} ZipRow */

/**
 * What a zip shall have.
 *
 * @typedef {object} Picked
 * @property {ZipRow[]} rows
 * @property {string[]} names of their files
 * @property {{name: string, text: string}[]} notes files besides
 */

/**
 * @typedef {object} ZipRun
 * @property {string} name of the zip
 * @property {(progress: ZipProgress) => void} onProgress
 * @property {AbortSignal} signal gives it up
 */

const PIECE_BYTES = 1024 * 1024;

/** What a zip has of each file besides its bytes and name, twice. */
const ENTRY_BYTES = 1024;

/** The recording that a zip failed at. */
export class ZipFault extends StudioError {
  /**
   * @param {string} code
   * @param {string} recording its name
   * @param {ErrorOptions} options
   */
  constructor(code, recording, options) {
    super(code, options);
    this.recording = recording;
  }
}

/**
 * @param {object} options
 * @param {() => Promise<LibraryRow[]>} options.list
 * @param {Pick<import("./take-files.js").TakeFiles, "stored">} options.files
 * @param {(fileId: string, signal: AbortSignal) => Promise<Bytes>} options.read of the server
 * @param {(signal: AbortSignal) => AbortSignal} options.untilTake of it, or a take's
 *   begin
 * @param {(name: string) => Promise<ZipPlace>} options.choosePlace
 * @param {ReturnType<typeof import("./zip-all.js").createPickAll>} options.pickAll
 */
export function createZip(options) {
  const { list, files, read, untilTake, choosePlace, pickAll } = options;

  /** @param {ZipRow} row @param {AbortSignal} until */
  async function* bytesOf({ id, fileId, onDevice, ...row }, until) {
    if (!onDevice) {
      yield* await read(fileId ?? id, until);
      return;
    }
    const file = await files.stored(id);
    // Of a take that was cut there may be more than is known to be whole.
    const end = row.state === "interrupted" ? row.sizeBytes : file.size;
    for (let from = 0; from < end; from += PIECE_BYTES) {
      until.throwIfAborted();
      const to = Math.min(from + PIECE_BYTES, end);
      yield new Uint8Array(await file.read(from, to));
    }
  }

  /**
   * @param {ZipRow} row
   * @param {{onBytes: (bytes: number) => void, until: AbortSignal}} options
   */
  async function* checked(row, { onBytes, until }) {
    let arrived = 0;
    try {
      for await (const part of bytesOf(row, until)) {
        yield part;
        arrived += part.byteLength;
        onBytes(part.byteLength);
      }
      if (arrived !== row.sizeBytes) {
        throw new StudioError("ZIP_SHORT");
      }
    } catch (error) {
      until.throwIfAborted();
      throw new ZipFault(codeOf(error, "UNKNOWN"), row.name, { cause: error });
    }
  }

  /**
   * @param {Picked} picked
   * @param {{onProgress: (progress: ZipProgress) => void, until: AbortSignal}} options
   */
  async function* entriesOf({ rows, names, notes }, { onProgress, until }) {
    const total = bytesIn(rows);
    let sent = 0;
    for (const [done, row] of rows.entries()) {
      const tell = (/** @type {number} */ bytes) => {
        sent += bytes;
        const fraction = total > 0 ? Math.min(1, sent / total) : 1;
        onProgress({ done, count: rows.length, fraction });
      };
      tell(0);
      yield {
        name: names[done],
        lastModified: new Date(row.timestamp),
        size: row.sizeBytes,
        input: checked(row, { onBytes: tell, until }),
      };
    }
    for (const { name, text } of notes) {
      yield { name, lastModified: new Date(), input: text };
    }
  }

  /**
   * @template {Picked} Result
   * @param {ZipRun} run
   * @param {(rows: LibraryRow[]) => Promise<Result>} pick
   * @returns {Promise<Result>} what is in it
   */
  async function make({ name, onProgress, signal }, pick) {
    const place = await choosePlace(name);
    const until = place.takesRoom ? untilTake(signal) : signal;
    try {
      const { makeZip } =
        await import("../../vendor/client-zip-2.5.1/index.js");
      const picked = await pick(await list());
      const { rows, notes } = picked;
      const texts = notes.reduce((sum, { text }) => sum + text.length, 0);
      const stream = await place.open(
        bytesIn(rows) + texts + rows.length * ENTRY_BYTES,
      );
      const entries = entriesOf(picked, { onProgress, until });
      await makeZip(entries).pipeTo(stream, { signal: until });
      await place.finish();
      return picked;
    } catch (error) {
      await place.fail();
      throw error;
    }
  }

  return {
    /**
     * To be called in what a person does: they may be asked where it shall go.
     * Rejects with a ZipFault, or what ended it.
     *
     * @param {readonly string[]} ids
     * @param {ZipRun} run
     * @returns {Promise<number>} how many recordings are in it
     */
    async save(ids, run) {
      const chosen = new Set(ids);
      const { rows } = await make(run, async (all) => {
        const whole = all.filter(
          ({ id, state }) => chosen.has(id) && state === "finished",
        );
        return { rows: whole, names: zipNames(whole), notes: [] };
      });
      return rows.length;
    },

    /**
     * All that is on this device, and what is known of it. To be called like
     * save().
     *
     * @param {ZipRun} run
     */
    async saveAll(run) {
      const { rows, leftOut } = await make(run, pickAll);
      return { count: rows.length, leftOut };
    },
  };
}

/** @param {readonly ZipRow[]} rows */
function bytesIn(rows) {
  return rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
