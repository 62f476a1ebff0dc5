/**
 * The server's HTTP interface, seen from the browser; chunks go by transport.js.
 *
 * Methods reject with a ServerError, which holds the failure as retry.js judges
 * it; only `live` never rejects.
 *
 * @module
 */
import { describeFailure, NO_ANSWER, SIGN_IN } from "./answers.js";
import { appFolder, createCall, isRedirect, ServerError } from "./http.js";
import { isSignIn, judge } from "./retry.js";

/** @typedef {import("./http.js").Fetch} Fetch */
/** @typedef {import("./layout.js").UploadStatus} UploadStatus */
/** @typedef {import("../core/types.js").ServerRecording} ServerRecording */
/** @typedef {import("../core/types.js").ServerUpload} ServerUpload */
/** @typedef {ReturnType<typeof createServer>} Server */
/** @typedef {UploadStatus & {status: "receiving"} | {status: "complete", recording_id: string}} UploadAccount */

/**
 * @typedef {object} ServerConfig
 * @property {number} chunk_size
 * @property {number} max_chunk_size
 * @property {number} max_recording_size 0: no limit
 */

/**
 * @typedef {object} RecordingsPage
 * @property {ServerRecording[]} recordings
 * @property {number | null} total
 * @property {string | null} next
 */

/** @typedef {{recording: ServerRecording, completingMs?: undefined} | {completingMs: number}} Completion */

const COMPLETE_MS = 120_000;
const LEAST_COMPLETING_MS = 1000;
const PROBE_MS = 5000;
const PAGE_ROWS = 1000;
const NAME_BYTES = 255;
const UNFIT_IN_NAMES = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A name as the server takes it: no control or bidirectional formatting
 * characters, at most 255 bytes of UTF-8.
 *
 * @param {string} name
 */
export function cleanName(name) {
  const plain = name.replace(UNFIT_IN_NAMES, "").trim();
  const buffer = new Uint8Array(NAME_BYTES);
  const { written } = new TextEncoder().encodeInto(plain, buffer);
  return new TextDecoder().decode(buffer.subarray(0, written));
}

/**
 * @param {string} method
 * @param {unknown} body
 * @param {AbortSignal} [signal]
 */
function json(method, body, signal) {
  const headers = { "Content-Type": "application/json" };
  return { method, headers, body: JSON.stringify(body), signal };
}

/**
 * @param {object} [options]
 * @param {string} [options.base] folder of the app, ends with a slash
 * @param {Fetch} [options.fetch]
 */
export function createServer({
  base = appFolder(),
  fetch = globalThis.fetch.bind(globalThis),
} = {}) {
  const call = createCall({ base, fetch });
  const id = encodeURIComponent;
  return {
    /** @param {AbortSignal} [signal] @returns {Promise<ServerConfig>} */
    config: async (signal) => (await call("api/config", { signal })).body,

    /**
     * One page of the list, newest first.
     *
     * @param {{cursor?: string | null, signal?: AbortSignal}} [page]
     * @returns {Promise<RecordingsPage>}
     */
    async recordings({ cursor = null, signal } = {}) {
      const query = new URLSearchParams({ limit: String(PAGE_ROWS) });
      if (cursor) {
        query.set("cursor", cursor);
      }
      return (await call(`recordings?${query}`, { signal })).body;
    },

    /**
     * The newest uploads that are not complete.
     *
     * @param {AbortSignal} [signal]
     * @returns {Promise<{uploads: ServerUpload[], at: number}>} `at`: the
     *   server's time
     */
    async uploads(signal) {
      const path = `uploads?limit=${PAGE_ROWS}`;
      const { body, at } = await call(path, { signal });
      return { uploads: body.uploads, at };
    },

    /** @param {string} fileId @param {AbortSignal} [signal] @returns {Promise<ServerRecording>} */
    recording: async (fileId, signal) =>
      (await call(`recording/${id(fileId)}`, { signal })).body,

    /** @param {string} fileId @param {string} name @returns {Promise<ServerRecording>} */
    rename: async (fileId, name) =>
      (
        await call(
          `recording/${id(fileId)}`,
          json("PATCH", { name: cleanName(name) }),
        )
      ).body,

    /** @param {string} fileId deletes the recording, or an unfinished upload */
    async remove(fileId) {
      for (const path of [`recording/${id(fileId)}`, `upload/${id(fileId)}`]) {
        await orNull(call(path, { method: "DELETE" }));
      }
    },

    /**
     * @param {string} fileId
     * @param {AbortSignal} [signal]
     * @returns {Promise<UploadAccount | null>} null if the server has nothing
     */
    async upload(fileId, signal) {
      const answer = await orNull(call(`upload/${id(fileId)}`, { signal }));
      return answer && answer.body;
    },

    /**
     * @param {Record<string, unknown>} request
     * @param {AbortSignal} [signal]
     * @returns {Promise<Completion>} `completingMs`: ask again after that time,
     *   a second at least
     */
    async complete(request, signal) {
      const init = json("POST", request, signal);
      const path = "recording/complete";
      const answer = await call(path, { ...init, limitMs: COMPLETE_MS });
      const { retryAfterMs } = answer;
      return answer.status === 202
        ? { completingMs: Math.max(LEAST_COMPLETING_MS, retryAfterMs ?? 0) }
        : { recording: answer.body.recording };
    },

    /** @returns {Promise<boolean>} whether the server can be reached */
    live: () => probe(new URL("health/live", base), fetch),

    /** @param {unknown} error @returns {boolean} whether it may pass by itself */
    isPassing: (error) =>
      error instanceof ServerError &&
      ["retry", "sign-in"].includes(judge(error.failure)),

    /** @param {unknown} error @returns {number} what the server asks for; else 0 */
    retryAfterMs: (error) =>
      error instanceof ServerError ? (error.failure.retryAfterMs ?? 0) : 0,

    /**
     * @param {string} fileId
     * @param {AbortSignal} signal
     * @returns {Promise<AsyncIterable<Uint8Array<ArrayBuffer>>>} its audio
     */
    audio: (fileId, signal) =>
      openBody(new URL(`recording/${id(fileId)}/audio`, base), fetch, signal),

    /** @param {string} fileId */
    audioUrl: (fileId) => new URL(`recording/${id(fileId)}/audio`, base).href,

    /** @param {string} fileId what there is of an upload that is not complete */
    uploadAudioUrl: (fileId) =>
      new URL(`upload/${id(fileId)}/audio`, base).href,

    /** @param {string} fileId */
    downloadUrl: (fileId) =>
      new URL(`recording/${id(fileId)}/download`, base).href,
  };
}

/**
 * @param {URL} url
 * @param {Fetch} fetch
 * @param {AbortSignal} signal
 */
async function openBody(url, fetch, signal) {
  const init = /** @type {RequestInit} */ ({ redirect: "manual", signal });
  const answer = await unlessLost(fetch(url, init), signal);
  if (isRedirect(answer)) {
    throw new ServerError(SIGN_IN);
  }
  if (!answer.ok || !answer.body) {
    throw new ServerError(await refusalOf(answer));
  }
  return pieces(answer.body.getReader(), signal);
}

/**
 * @template Result
 * @param {Promise<Result>} exchange
 * @param {AbortSignal} signal that may have ended it
 */
function unlessLost(exchange, signal) {
  return exchange.catch((cause) => {
    signal.throwIfAborted();
    throw new ServerError(NO_ANSWER, { cause });
  });
}

/** @param {Response} answer */
async function refusalOf(answer) {
  return describeFailure({
    status: answer.status,
    text: await answer.text().catch(() => ""),
    retryAfter: answer.headers.get("Retry-After"),
    now: Date.now(),
  });
}

/**
 * Not every browser goes through a stream by itself.
 *
 * @param {ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>} reader
 * @param {AbortSignal} signal
 */
async function* pieces(reader, signal) {
  for (;;) {
    const { done, value } = await unlessLost(reader.read(), signal);
    if (done) {
      return;
    }
    yield value;
  }
}

/**
 * Who asks to sign in can be reached.
 *
 * @param {URL} url
 * @param {Fetch} fetch
 */
async function probe(url, fetch) {
  const signal = AbortSignal.timeout(PROBE_MS);
  const redirect = "manual";
  try {
    const init = { cache: "no-store", redirect, signal };
    const answer = await fetch(url, /** @type {RequestInit} */ (init));
    return answer.ok || isRedirect(answer) || isSignIn(answer);
  } catch {
    return false;
  }
}

/**
 * @template Result
 * @param {Promise<Result>} answer
 * @returns {Promise<Result | null>} null for 404 and 410
 */
async function orNull(answer) {
  try {
    return await answer;
  } catch (error) {
    const status = error instanceof ServerError ? error.failure.status : 0;
    if (status === 404 || status === 410) {
      return null;
    }
    throw error;
  }
}
