/**
 * The page's handle on media workers: each does one job. None is there until
 * somebody wants another format.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";

/** @typedef {import("../core/audio-formats.js").AudioFormat} AudioFormat */
/** @typedef {ReturnType<typeof createMedia>} Media */

/**
 * @typedef {{
 *   job: "convert",
 *   from: {id: string} | {url: string, sizeBytes: number},
 *   to: string,
 *   format: AudioFormat,
 *   tags: {title: string, date: Date},
 * } | {job: "import", file: File, to: string} | {job: "formats"}} Job `to`: the take whose audio file it becomes
 */

/** How long a job that was called off may take to see it. */
const PATIENCE_MS = 5000;

/** @param {{signal: AbortSignal}} options */
export function createMedia({ signal: pageSignal }) {
  return {
    /**
     * Rejects with the reason of `signal` once nothing is written any more.
     *
     * @param {Job} job
     * @param {object} [options]
     * @param {AbortSignal} [options.signal]
     * @param {(fraction: number) => void} [options.onProgress]
     * @returns {Promise<any>}
     */
    async run(job, { signal = pageSignal, onProgress = () => {} } = {}) {
      signal.throwIfAborted();
      const url = new URL("./media.worker.js", import.meta.url);
      const worker = new Worker(url, { type: "module", name: "media" });
      const over = new AbortController();
      try {
        const ends = AbortSignal.any([signal, pageSignal]);
        return await new Promise((resolve, reject) => {
          hear(worker, { resolve, reject, onProgress, signal: over.signal });
          heedEnd(worker, { reject, ends, signal: over.signal });
          worker.postMessage(job);
        });
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        over.abort();
        worker.terminate();
      }
    },
  };
}

/**
 * @param {Worker} worker
 * @param {object} on
 * @param {(result: any) => void} on.resolve
 * @param {(error: Error) => void} on.reject
 * @param {(fraction: number) => void} on.onProgress
 * @param {AbortSignal} on.signal
 */
function hear(worker, { resolve, reject, onProgress, signal }) {
  worker.addEventListener(
    "message",
    ({ data }) => {
      if ("progress" in data) {
        onProgress(data.progress);
      } else if ("code" in data) {
        reject(new StudioError(data.code, { cause: data.cause }));
      } else {
        resolve(data.result);
      }
    },
    { signal },
  );
  const fail = () => reject(new StudioError("MEDIA_FAILED"));
  worker.addEventListener("error", fail, { signal });
}

/**
 * Calls the job off, and gives up a worker that does not see it.
 *
 * @param {Worker} worker
 * @param {object} options
 * @param {(error: Error) => void} options.reject
 * @param {AbortSignal} options.ends
 * @param {AbortSignal} options.signal
 */
function heedEnd(worker, { reject, ends, signal }) {
  ends.addEventListener(
    "abort",
    () => {
      worker.postMessage({ cancel: true });
      setTimeout(() => reject(ends.reason), PATIENCE_MS);
    },
    { signal },
  );
}
