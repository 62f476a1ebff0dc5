/**
 * Uploads as the page sees them; they run in upload.worker.js, of this page or
 * of another one.
 *
 * @module
 */

import { copiesOf, isUploaded, nextPart } from "../core/parts.js";

/** @typedef {import("../core/types.js").UploadProgress} UploadProgress */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").UploadRow} UploadRow */
/** @typedef {import("../core/types.js").OutboxRow} OutboxRow */

/** Where workers tell progress and pages say what they want. */
export const UPLOADS_CHANNEL = "waveforge-uploads";

/**
 * @typedef {object} RecordingTable
 * @property {(id: string) => Promise<RecordingRow | undefined>} get
 * @property {(id: string, patch: Partial<RecordingRow> | ((row: RecordingRow) => Partial<RecordingRow>)) => Promise<RecordingRow | undefined>} update
 */

/**
 * The tables it needs.
 *
 * @typedef {object} Tables
 * @property {RecordingTable} recordings
 * @property {{get: (id: string) => Promise<UploadRow | undefined>}} uploads
 * @property {{add: (row: OutboxRow) => Promise<unknown>}} outbox
 */

/**
 * Uploads, and what starts their worker: it goes on with what was left unfinished,
 * and what it was told before waits for it.
 *
 * @param {object} options
 * @param {Tables} options.database
 * @param {MessagePort} options.port to the spool worker; it is handed over
 * @param {AbortSignal} options.signal
 */
export function createUploads({ database, port, signal }) {
  const channel = new BroadcastChannel(UPLOADS_CHANNEL);
  /** @type {object[]} */
  const waiting = [];
  /** @type {Worker | null} */
  let worker = null;
  const uploads = new Uploads(
    database,
    {
      postMessage: (message) =>
        worker ? worker.postMessage(message) : waiting.push(message),
    },
    channel,
  );
  channel.addEventListener("message", ({ data }) => uploads.hear(data), {
    signal,
  });
  signal.addEventListener("abort", () => channel.close(), { once: true });

  function beginUploads() {
    const url = new URL("./upload.worker.js", import.meta.url);
    const begun = new Worker(url, { type: "module", name: "upload" });
    signal.addEventListener("abort", () => begun.terminate(), { once: true });
    begun.postMessage({ type: "begin", port, lock: uploads.lock }, [port]);
    waiting.splice(0).forEach((message) => begun.postMessage(message));
    worker = begun;
  }

  return { uploads, beginUploads };
}

/**
 * Dispatches `progress` with an UploadProgress as its detail, and `cancelled`
 * with `{id}` of an upload that was given up, in whatever page.
 */
export class Uploads extends EventTarget {
  /** That only this page's worker has: so its other locks are known. */
  lock = `uploads:${Math.random()}`;
  #database;
  #worker;
  #channel;
  /** @type {Map<string, UploadProgress>} */
  #latest = new Map();

  /**
   * @param {Tables} database
   * @param {{postMessage: (message: object) => unknown}} worker
   * @param {BroadcastChannel} channel
   */
  constructor(database, worker, channel) {
    super();
    this.#database = database;
    this.#worker = worker;
    this.#channel = channel;
  }

  /** @param {{type: "stop", id: string} | {type: string, progress: UploadProgress}} message */
  hear(message) {
    if ("id" in message && message.type === "stop") {
      this.#forget(message.id);
    } else if ("progress" in message) {
      this.#note(message.progress);
    }
  }

  /** @param {UploadProgress} progress */
  #note(progress) {
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
   * there is forgotten: it may be gone. In parts, it goes on with the first that
   * is not there; where all were and one is gone, it begins anew.
   *
   * @param {string} id
   */
  async enqueue(id) {
    const { recordings } = this.#database;
    const { parts } = (await recordings.get(id)) ?? {};
    const isBegun = nextPart({ parts }) >= 0;
    if (!isBegun) {
      // Before they are forgotten: no name that is to go is used again.
      await this.#takeBack(fileIdsOf(parts));
    }
    const wanted = /** @type {const} */ ("server");
    const known = isBegun ? parts : undefined;
    await recordings.update(id, { wanted, uploaded: null, parts: known });
    this.#worker.postMessage({ type: "start", id });
  }

  /** @param {Iterable<string>} fileIds that the server shall have no more */
  async #takeBack(fileIds) {
    for (const fileId of fileIds) {
      const at = Date.now();
      await this.#database.outbox.add({ kind: "delete", fileId, at });
    }
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
    this.#forget(id);
    this.#channel.postMessage({ type: "stop", id });
  }

  /** @param {string} id of an upload that was given up */
  #forget(id) {
    this.#latest.delete(id);
    this.dispatchEvent(new CustomEvent("cancelled", { detail: { id } }));
  }

  /**
   * Gives an upload up, and what the server has of it. The recording stays, until
   * a person sends it again. What the server has verified by then is there: it is
   * too late.
   *
   * @param {string} id
   */
  async cancel(id) {
    const { recordings, uploads } = this.#database;
    const row = await uploads.get(id);
    const { parts } = (await recordings.get(id)) ?? {};
    const after = await recordings.update(id, (recording) =>
      isUploaded(recording) ? {} : { wanted: "later", parts: undefined },
    );
    if (after && isUploaded(after)) {
      return;
    }
    this.stop(id);
    const now = row ? [row.fileId] : [];
    await this.#takeBack(new Set([...now, ...fileIdsOf(parts)]));
  }

  /** Tries at once what waits: the server may answer again. */
  wake() {
    this.#channel.postMessage({ type: "wake" });
  }
}

/**
 * @param {RecordingRow["parts"]} parts
 * @returns {string[]} of those that are verified
 */
function fileIdsOf(parts) {
  return copiesOf({ parts, uploaded: null }).map(({ fileId }) => fileId);
}
