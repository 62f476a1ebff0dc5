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
 */
export function createZip(options) {
  const { list, files, read, untilTake, choosePlace } = options;

  /** @param {LibraryRow} row @param {AbortSignal} until */
  async function* bytesOf({ id, fileId, onDevice }, until) {
    if (!onDevice) {
      yield* await read(fileId ?? id, until);
      return;
    }
    const file = await files.stored(id);
    for (let from = 0; from < file.size; from += PIECE_BYTES) {
      until.throwIfAborted();
      const to = Math.min(from + PIECE_BYTES, file.size);
      yield new Uint8Array(await file.read(from, to));
    }
  }

  /**
   * @param {LibraryRow} row
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
   * @param {LibraryRow[]} rows
   * @param {{onProgress: (progress: ZipProgress) => void, until: AbortSignal}} options
   */
  async function* entriesOf(rows, { onProgress, until }) {
    const total = bytesIn(rows);
    const names = zipNames(rows);
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
  }

  return {
    /**
     * To be called in what a person does: they may be asked where it shall go.
     * Rejects with a ZipFault, or what ended it.
     *
     * @param {readonly string[]} ids
     * @param {object} options
     * @param {string} options.name of the zip
     * @param {(progress: ZipProgress) => void} options.onProgress
     * @param {AbortSignal} options.signal gives it up
     * @returns {Promise<number>} how many recordings are in it
     */
    async save(ids, { name, onProgress, signal }) {
      const place = await choosePlace(name);
      const until = place.takesRoom ? untilTake(signal) : signal;
      try {
        const { makeZip } =
          await import("../../vendor/client-zip-2.5.1/index.js");
        const chosen = new Set(ids);
        const rows = (await list()).filter(
          ({ id, state }) => chosen.has(id) && state === "finished",
        );
        const stream = await place.open(
          bytesIn(rows) + rows.length * ENTRY_BYTES,
        );
        const entries = entriesOf(rows, { onProgress, until });
        await makeZip(entries).pipeTo(stream, { signal: until });
        await place.finish();
        return rows.length;
      } catch (error) {
        await place.fail();
        throw error;
      }
    },
  };
}

/** @param {readonly LibraryRow[]} rows */
function bytesIn(rows) {
  return rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
