/**
 * Requests to the server and how they fail.
 *
 * @module
 */
import { StudioError } from "../core/errors.js";
import { describeFailure, NO_ANSWER, parseObject, SIGN_IN } from "./answers.js";
import { codeOf } from "./retry.js";

/** @typedef {import("./retry.js").Failure} Failure */
/** @typedef {typeof globalThis.fetch} Fetch */
/** @typedef {(path: string, init?: RequestInit & {limitMs?: number}) => Promise<Answer>} Call */

/**
 * A successful answer.
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {any} body the JSON object
 * @property {number | null} retryAfterMs
 * @property {number} at the server's time, where it tells it
 */

/** How long a request may stay without an answer. */
export const ANSWER_MS = 30_000;

/** A request that failed: `failure` says how. */
export class ServerError extends StudioError {
  /**
   * @param {Failure} failure
   * @param {ErrorOptions} [options]
   */
  constructor(failure, options) {
    super(codeOf(failure), options);
    this.name = "ServerError";
    this.failure = failure;
  }
}

/**
 * Nothing of ours lies elsewhere. Browsers hide where to, and the status.
 *
 * @param {Pick<Response, "type" | "status">} response
 */
export function isRedirect({ type, status }) {
  return type === "opaqueredirect" || (status >= 300 && status < 400);
}

/** The folder the app was loaded from; what the server offers hangs below it. */
export function appFolder() {
  return new URL("../../../", import.meta.url).href;
}

/**
 * @param {object} options
 * @param {string} options.base
 * @param {Fetch} options.fetch
 * @returns {Call} rejects with a ServerError, or the reason of an aborted signal
 */
export function createCall({ base, fetch }) {
  return async (path, { limitMs = ANSWER_MS, signal, ...init } = {}) => {
    const limit = AbortSignal.timeout(limitMs);
    const ends = signal ? AbortSignal.any([signal, limit]) : limit;
    const { response, text } = await exchange(
      () =>
        fetch(new URL(path, base), {
          ...init,
          redirect: "manual",
          signal: ends,
        }),
      signal,
    );
    if (isRedirect(response)) {
      throw new ServerError(SIGN_IN);
    }
    const failure = describeFailure({
      status: response.status,
      text,
      retryAfter: response.headers.get("Retry-After"),
      now: Date.now(),
    });
    const body = parseObject(text);
    if (!response.ok || !body) {
      // A 200 that is no JSON comes from something between here and the server.
      throw new ServerError(response.ok ? NO_ANSWER : failure);
    }
    const { retryAfterMs } = failure;
    const at = Date.parse(response.headers.get("Date") ?? "") || Date.now();
    return { status: response.status, body, retryAfterMs, at };
  };
}

/**
 * @param {() => Promise<Response>} send
 * @param {AbortSignal | null | undefined} signal
 */
async function exchange(send, signal) {
  try {
    const response = await send();
    return { response, text: await response.text() };
  } catch (error) {
    signal?.throwIfAborted();
    throw new ServerError(NO_ANSWER, { cause: error });
  }
}
