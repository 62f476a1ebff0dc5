/**
 * Uploads as the page sees them; they run in upload.worker.js, of this page or
 * of another one.
 *
 * @module
 */

/** @typedef {import("../core/types.js").UploadProgress} UploadProgress */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").UploadRow} UploadRow */
/** @typedef {import("../core/types.js").OutboxRow} OutboxRow */

/** Where workers tell progress and pages say what they want. */
export const UPLOADS_CHANNEL = "waveforge-uploads";

/**
 * The tables it needs.
 *
 * @typedef {object} Tables
 * @property {{update: (id: string, patch: Partial<RecordingRow>) => Promise<unknown>}} recordings
 * @property {{get: (id: string) => Promise<UploadRow | undefined>}} uploads
 * @property {{add: (row: OutboxRow) => Promise<unknown>}} outbox
 */

/**
 * Starts the upload worker, which goes on with what was left unfinished.
 *
 * @param {object} options
 * @param {Tables} options.database
 * @param {MessagePort} options.port to the spool worker; it is handed over
 * @param {AbortSignal} options.signal
 */
export function createUploads({ database, port, signal }) {
  const url = new URL("./upload.worker.js", import.meta.url);
  const worker = new Worker(url, { type: "module", name: "upload" });
  const channel = new BroadcastChannel(UPLOADS_CHANNEL);
  const uploads = new Uploads(database, worker, channel);
  channel.addEventListener("message", ({ data }) => uploads.hear(data), {
    signal,
  });
  signal.addEventListener(
    "abort",
    () => {
      worker.terminate();
      channel.close();
    },
    { once: true },
  );
  worker.postMessage({ type: "begin", port }, [port]);
  return uploads;
}

/**
 * Dispatches `progress` with an UploadProgress as its detail, and `cancelled`
 * with `{id}`.
 */
export class Uploads extends EventTarget {
  #database;
  #worker;
  #channel;
  /** @type {Map<string, UploadProgress>} */
  #latest = new Map();

  /**
   * @param {Tables} database
   * @param {Worker} worker
   * @param {BroadcastChannel} channel
   */
  constructor(database, worker, channel) {
    super();
    this.#database = database;
    this.#worker = worker;
    this.#channel = channel;
  }

  /** @param {{type: string, progress: UploadProgress}} message */
  hear({ type, progress }) {
    if (type !== "progress") {
      return;
    }
    this.#latest.set(progress.id, progress);
    const detail = progress;
    this.dispatchEvent(new CustomEvent("progress", { detail }));
  }

  /** @param {string} id */
  progress(id) {
    return this.#latest.get(id) ?? null;
  }

  /** @param {string} id of a take that runs, or is about to: send it live */
  follow(id) {
    this.#worker.postMessage({ type: "follow", id });
  }

  /**
   * A person wants a finished recording on the server. What was known of a copy
   * there is forgotten: it may be gone.
   *
   * @param {string} id
   */
  async enqueue(id) {
    const wish = /** @type {const} */ ({ wanted: "server", uploaded: null });
    await this.#database.recordings.update(id, wish);
    this.#worker.postMessage({ type: "start", id });
  }

  /** @param {string} id stays paused, also after a reload */
  pause(id) {
    this.#channel.postMessage({ type: "pause", id });
  }

  /** @param {string} id */
  resume(id) {
    this.#worker.postMessage({ type: "start", id });
  }

  /** @param {string} id gives it up; what the server has stays there */
  stop(id) {
    this.#latest.delete(id);
    this.#channel.postMessage({ type: "stop", id });
  }

  /**
   * Gives an upload up, and what the server has of it. The recording stays, until
   * a person sends it again.
   *
   * @param {string} id
   */
  async cancel(id) {
    const { recordings, uploads, outbox } = this.#database;
    const row = await uploads.get(id);
    await recordings.update(id, { wanted: "later" });
    this.stop(id);
    this.dispatchEvent(new CustomEvent("cancelled", { detail: { id } }));
    if (row) {
      const { fileId } = row;
      await outbox.add({ kind: "delete", fileId, at: Date.now() });
    }
  }

  /** Tries at once what waits: the server may answer again. */
  wake() {
    this.#channel.postMessage({ type: "wake" });
  }
}
