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
import { demandRoom } from "./room.js";
import { demandSecure } from "./secure.js";

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").ServerRecording} ServerRecording */
/** @typedef {ReturnType<typeof createCopies>} Copies */

/** What copies may take of this device, all together. */
export const MOST_BYTES = 2 * 1024 ** 3;

const DURING_TAKE = "COPY_DURING_TAKE";

/**
 * What it needs of the device.
 *
 * @typedef {object} CopyFiles
 * @property {(id: string) => Promise<Sink>} create an audio file, written when the
 *   sink is closed
 * @property {(row: RecordingRow) => Promise<void>} note beside its audio
 * @property {(id: string) => Promise<void>} removeAll
 */

/**
 * The copies that other pages make.
 *
 * @typedef {object} CopyPeers
 * @property {(id: string, signal: AbortSignal, make: () => Promise<void>) => Promise<void>} alone
 *   makes it when no other page does; until then the signal gives it up
 * @property {(order: CopyOrder) => void} tell
 * @property {(heed: (order: CopyOrder) => void) => void} listen
 */

/** @typedef {{type: "stop", id: string} | {type: "makeWay"}} CopyOrder */

/** @typedef {{write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>, close: () => Promise<void>, abort: () => Promise<void>}} Sink */

/**
 * @param {object} options
 * @param {import("./ports.js").CopyRows} options.recordings
 * @param {{has: (id: string) => Promise<boolean>}} options.owners of files
 * @param {(fileId: string, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array<ArrayBuffer>>>} options.read
 * @param {CopyFiles} options.files
 * @param {import("./room.js").Device} options.device
 * @param {CopyPeers} options.peers
 * @param {() => void} options.onChange of what `fraction` says
 * @param {AbortSignal} options.signal
 */
export function createCopies(options) {
  const { recordings, owners, read, files, device, peers, onChange, signal } =
    options;
  /** @type {Map<string, {fraction: number, bytes: number, end: AbortController}>} */
  const underWay = new Map();

  /** @param {string} id whose files may be the trash's */
  async function demandNoOther(id) {
    if (await owners.has(id)) {
      throw new StudioError("IN_TRASH");
    }
  }

  /** @param {ServerRecording} original */
  async function demandPlace({ id, size }) {
    const rows = (await recordings.list()).filter(({ isCopy }) => isCopy);
    const kept = rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const coming = [...underWay].reduce(
      (sum, [other, { bytes }]) => (other === id ? sum : sum + bytes),
      0,
    );
    if (kept + coming + size > MOST_BYTES) {
      throw new StudioError("COPIES_FULL");
    }
    await demandRoom(device, coming + size, DURING_TAKE);
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
      const row = rowOf(original, sha256);
      await files.note(row);
      await recordings.put(row);
    } catch (error) {
      await clear(id).catch(() => undefined);
      throw until.aborted ? until.reason : asFault(error);
    }
  }

  /** @param {string} id of what is not to stay, unless it is a recording by now */
  async function clear(id) {
    if (!(await owners.has(id))) {
      await files.removeAll(id);
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
    const { id } = original;
    const until = AbortSignal.any([signal, end.signal]);
    try {
      await peers.alone(id, until, async () => {
        // Another page may have brought it here meanwhile.
        if (!(await recordings.get(id))) {
          await demandNoOther(id);
          await demandPlace(original);
          await keepWhole(original, sha256, until);
        }
      });
    } catch (error) {
      if (!end.signal.aborted) {
        throw error;
      }
      if (end.signal.reason instanceof StudioError) {
        throw end.signal.reason;
      }
    } finally {
      underWay.delete(id);
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

  /** Once a take runs, all that is under way in this page fails. */
  function giveWay() {
    const ends = [...underWay.values()].map(({ end }) => end);
    ends.forEach((end) => end.abort(new StudioError(DURING_TAKE)));
  }

  peers.listen((order) =>
    order.type === "stop" ? underWay.get(order.id)?.end.abort() : giveWay(),
  );
  return {
    /** @param {string} id @returns {number | null} null: it is not under way */
    fraction: (id) => underWay.get(id)?.fraction ?? null,

    /**
     * Gives it up, in whatever page.
     *
     * @param {string} id
     * @returns {Promise<void>} when nothing is written any more
     */
    async stop(id) {
      underWay.get(id)?.end.abort();
      peers.tell({ type: "stop", id });
      await peers.alone(id, signal, async () => undefined);
    },

    /**
     * Once a take runs, all that is under way fails, in whatever page.
     *
     * @param {{state: string}} recorder
     */
    makeWay({ state }) {
      if (state === "recording") {
        giveWay();
        peers.tell({ type: "makeWay" });
      }
    },

    /**
     * Resolves when the copy is here, or was given up.
     *
     * @param {ServerRecording} original
     */
    async keep(original) {
      demandSecure();
      const { id, size, sha256 } = original;
      if (underWay.has(id)) {
        return;
      }
      if (sha256 === null) {
        throw new StudioError("NOT_VERIFIABLE");
      }
      const end = new AbortController();
      underWay.set(id, { fraction: 0, bytes: size, end });
      onChange();
      await copy(original, sha256, end);
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
