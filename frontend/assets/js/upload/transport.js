/**
 * Sends one chunk. By XMLHttpRequest, since fetch does not tell how far a body
 * has gone: a slow line must not be taken for a dead one.
 *
 * @module
 */
import { describeFailure, NO_ANSWER, parseObject, SIGN_IN } from "./answers.js";
import { contentDigest } from "./digest.js";
import { ANSWER_MS, appFolder, ServerError } from "./http.js";
import { cleanName } from "./server.js";

/** @typedef {import("./chunks.js").Chunk} Chunk */
/** @typedef {ReturnType<typeof createTransport>} Transport */

/**
 * @typedef {object} ChunkRequest
 * @property {string} fileId
 * @property {Chunk} chunk
 * @property {ArrayBuffer} bytes
 * @property {string | null} name of the recording, told with chunk 0
 * @property {AbortSignal} signal
 */

/**
 * @param {object} [options]
 * @param {string} [options.base]
 * @param {number} [options.silenceMs] longest time without progress or answer
 */
export function createTransport({
  base = appFolder(),
  silenceMs = ANSWER_MS,
} = {}) {
  return {
    /**
     * Resolves when the server has acknowledged the chunk; rejects with a
     * ServerError, or with the signal's reason.
     *
     * @param {ChunkRequest} request
     */
    async send(request) {
      const url = new URL(`upload/chunk?${describeChunk(request)}`, base);
      const digest = await contentDigest(request.bytes);
      const { signal, bytes } = request;
      signal.throwIfAborted();
      await post({ url, bytes, digest, signal, silenceMs });
    },
  };
}

/**
 * @param {ChunkRequest} request
 * @returns {URLSearchParams}
 */
export function describeChunk({ fileId, chunk, name }) {
  const query = new URLSearchParams({
    file_id: fileId,
    chunk_index: String(chunk.index),
  });
  if (chunk.total !== null) {
    query.set("total_chunks", String(chunk.total));
  }
  if (chunk.chunkSize !== null) {
    query.set("chunk_size", String(chunk.chunkSize));
  }
  if (chunk.provisional) {
    query.set("provisional", "1");
  }
  const fileName = name === null ? "" : cleanName(name);
  if (chunk.index === 0 && fileName !== "") {
    query.set("file_name", fileName);
  }
  return query;
}

/**
 * @param {object} request
 * @param {URL} request.url
 * @param {ArrayBuffer} request.bytes
 * @param {string} request.digest
 * @param {AbortSignal} request.signal
 * @param {number} request.silenceMs
 * @returns {Promise<void>}
 */
function post({ url, bytes, digest, signal, silenceMs }) {
  const over = new AbortController();
  const exchange = new XMLHttpRequest();
  const watch = createWatch(silenceMs, () => exchange.abort());
  const { signal: until } = over;

  /** @type {Promise<void>} */
  const answered = new Promise((resolve, reject) => {
    const settle = () =>
      isAcknowledged(exchange)
        ? resolve()
        : reject(faultOf(exchange, url, signal));
    exchange.addEventListener("loadend", settle, { signal: until });
  });
  const { upload } = exchange;
  upload.addEventListener("progress", watch.restart, { signal: until });
  signal.addEventListener("abort", () => exchange.abort(), { signal: until });
  exchange.open("POST", url);
  exchange.setRequestHeader("Content-Type", "application/octet-stream");
  exchange.setRequestHeader("Content-Digest", digest);
  exchange.send(bytes);
  return answered.finally(() => {
    watch.stop();
    over.abort();
  });
}

/**
 * Whether it was the server that said so: a hotel's sign-in page answers with
 * 200, too.
 *
 * @param {XMLHttpRequest} exchange
 */
function isAcknowledged({ status, responseText }) {
  const said = parseObject(responseText)?.status;
  return (
    status === 200 &&
    (said === "chunk_received" || said === "chunk_already_exists")
  );
}

/**
 * @param {XMLHttpRequest} exchange
 * @param {URL} url it was sent to
 * @param {AbortSignal} signal
 */
function faultOf(exchange, url, signal) {
  const { status, responseURL } = exchange;
  if (responseURL !== "" && responseURL !== url.href) {
    return new ServerError(SIGN_IN);
  }
  if (signal.aborted || status === 0 || status === 200) {
    return signal.aborted ? signal.reason : new ServerError(NO_ANSWER);
  }
  const failure = describeFailure({
    status,
    text: exchange.responseText,
    retryAfter: exchange.getResponseHeader("Retry-After"),
    now: Date.now(),
  });
  return new ServerError(failure);
}

/**
 * @param {number} ms
 * @param {() => void} onSilence
 */
function createWatch(ms, onSilence) {
  let timer = setTimeout(onSilence, ms);
  return {
    restart() {
      clearTimeout(timer);
      timer = setTimeout(onSilence, ms);
    },
    stop: () => clearTimeout(timer),
  };
}
