/**
 * Recordings of the server that a person wants on this device, too, for the time
 * without a network. A copy counts once it is whole and its digest is the server's;
 * from then on it is a recording of this device like any other.
 *
 * @module
 */
import { createSHA256 } from "../../vendor/hash-wasm-4.13.0/sha256.js";
import { fromBase64 } from "../core/base64.js";
import { StudioError } from "../core/errors.js";

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").ServerRecording} ServerRecording */
/** @typedef {ReturnType<typeof createCopies>} Copies */

/** What copies may take of this device, all together. */
export const MOST_BYTES = 2 * 1024 ** 3;

/** What they leave for takes, or a tenth where the browser grants little. */
export const RESERVE_BYTES = 512 * 1024 ** 2;

/**
 * What it asks the device.
 *
 * @typedef {object} Device
 * @property {() => Promise<{quota?: number, usage?: number}>} estimate of storage
 * @property {() => Promise<boolean>} isRecording whether any page is
 */

/**
 * What it needs of the device.
 *
 * @typedef {object} CopyFiles
 * @property {(id: string) => Promise<Sink>} create an audio file, written when the
 *   sink is closed
 * @property {(id: string) => Promise<void>} removeAll
 */

/** @typedef {{write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>, close: () => Promise<void>, abort: () => Promise<void>}} Sink */

/**
 * @param {object} options
 * @param {{list: () => Promise<RecordingRow[]>, put: (row: RecordingRow) => Promise<void>}} options.recordings
 * @param {(fileId: string, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array<ArrayBuffer>>>} options.read
 * @param {CopyFiles} options.files
 * @param {Device} options.device
 * @param {() => void} options.onChange of what `fraction` says
 * @param {AbortSignal} options.signal
 */
export function createCopies(options) {
  const { recordings, read, files, device, onChange, signal } = options;
  /** @type {Map<string, {fraction: number, bytes: number, end: AbortController, over: Promise<void>}>} */
  const underWay = new Map();

  /** @param {ServerRecording} original */
  async function demandRoom({ id, size }) {
    const rows = (await recordings.list()).filter(({ isCopy }) => isCopy);
    const kept = rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const coming = [...underWay].reduce(
      (sum, [other, { bytes }]) => (other === id ? sum : sum + bytes),
      0,
    );
    if (kept + coming + size > MOST_BYTES) {
      throw new StudioError("COPIES_FULL");
    }
    await demandFree(coming + size);
  }

  /**
   * A take comes first: it can be made once only.
   *
   * @param {number} bytes
   */
  async function demandFree(bytes) {
    if (await device.isRecording()) {
      throw new StudioError("COPY_DURING_TAKE");
    }
    const { quota = Infinity, usage = 0 } = await device.estimate();
    const reserve = Math.min(RESERVE_BYTES, quota / 10);
    if (quota - usage <= bytes + reserve) {
      throw new StudioError("STORAGE_FULL");
    }
  }

  /**
   * @param {ServerRecording} original
   * @param {string} sha256
   * @param {AbortSignal} until
   */
  async function keepWhole(original, sha256, until) {
    const { id } = original;
    try {
      const bytes = await read(id, until);
      const sink = await files.create(id);
      await fill(sink, { bytes, original, until });
      // Whoever gave it up while it was closed wants no trace of it.
      until.throwIfAborted();
      await recordings.put(rowOf(original, sha256));
    } catch (error) {
      await files.removeAll(id).catch(() => undefined);
      throw until.aborted ? until.reason : asFault(error);
    }
  }

  /**
   * @param {Sink} sink closed when all is there, and the server's
   * @param {{bytes: AsyncIterable<Uint8Array<ArrayBuffer>>, original: ServerRecording, until: AbortSignal}} source
   */
  async function fill(sink, { bytes, original, until }) {
    const { id, size, sha256 } = original;
    try {
      const hasher = (await createSHA256()).init();
      let arrived = 0;
      for await (const part of bytes) {
        until.throwIfAborted();
        hasher.update(part);
        await sink.write(part);
        arrived += part.byteLength;
        note(id, Math.min(1, arrived / size));
      }
      if (arrived !== size || hasher.digest("hex") !== sha256) {
        throw new StudioError("DIGEST_MISMATCH");
      }
      await sink.close();
    } catch (error) {
      await sink.abort().catch(() => undefined);
      throw error;
    }
  }

  /**
   * @param {ServerRecording} original
   * @param {string} sha256
   * @param {AbortController} end
   */
  async function copy(original, sha256, end) {
    try {
      await demandRoom(original);
      const until = AbortSignal.any([signal, end.signal]);
      await keepWhole(original, sha256, until);
    } catch (error) {
      if (!end.signal.aborted) {
        throw error;
      }
      if (end.signal.reason instanceof StudioError) {
        throw end.signal.reason;
      }
    } finally {
      underWay.delete(original.id);
      onChange();
    }
  }

  /**
   * @param {string} id
   * @param {number} fraction
   */
  function note(id, fraction) {
    const copy = underWay.get(id);
    if (copy) {
      copy.fraction = fraction;
      onChange();
    }
  }

  return {
    /** @param {string} id @returns {number | null} null: it is not under way */
    fraction: (id) => underWay.get(id)?.fraction ?? null,

    /**
     * Gives it up.
     *
     * @param {string} id
     * @returns {Promise<void>} when nothing is written any more
     */
    async stop(id) {
      const { end, over } = underWay.get(id) ?? {};
      end?.abort();
      await over;
    },

    /**
     * Once a take runs, all that is under way fails.
     *
     * @param {{state: string}} recorder
     */
    makeWay({ state }) {
      const ends = [...underWay.values()].map(({ end }) => end);
      if (state === "recording") {
        ends.forEach((end) => end.abort(new StudioError("COPY_DURING_TAKE")));
      }
    },

    /**
     * Resolves when the copy is here, or was given up.
     *
     * @param {ServerRecording} original
     */
    async keep(original) {
      const { id, size, sha256 } = original;
      if (underWay.has(id)) {
        return;
      }
      if (sha256 === null) {
        throw new StudioError("NOT_VERIFIABLE");
      }
      const end = new AbortController();
      const copied = copy(original, sha256, end);
      const over = copied.catch(() => undefined);
      underWay.set(id, { fraction: 0, bytes: size, end, over });
      onChange();
      await copied;
    },
  };
}

/** @param {unknown} error */
function asFault(error) {
  const isFull =
    error instanceof DOMException && error.name === "QuotaExceededError";
  return isFull ? new StudioError("STORAGE_FULL", { cause: error }) : error;
}

/**
 * @param {ServerRecording} original
 * @param {string} sha256
 * @returns {RecordingRow}
 */
export function rowOf(original, sha256) {
  const { id, name, timestamp, duration, size, mime_type } = original;
  const { peaks, gaps, granted, markers, segments } = Object(
    original.metadata.waveforge,
  );
  return {
    id,
    name,
    timestamp,
    durationMs: Math.round((duration ?? 0) * 1000),
    sizeBytes: size,
    mimeType: mime_type,
    sha256,
    peaks: fromBase64(peaks),
    place: "device",
    state: "finished",
    uploaded: { fileId: id, at: Date.now(), sha256, sizeBytes: size },
    wanted: "server",
    gaps: Number(gaps ?? 0),
    granted: granted ?? null,
    isCopy: true,
    ...(Array.isArray(markers) ? { markers } : {}),
    ...(Array.isArray(segments) ? { segments } : {}),
  };
}
