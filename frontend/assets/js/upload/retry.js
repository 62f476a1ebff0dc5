/**
 * What to do after a request has failed: a pure policy.
 *
 * A recording that is safe on the device has time: whatever may pass by itself
 * is tried again for ever, with pauses that double up to a minute, are spread by
 * chance, and are never shorter than the server asks for (an hour at most, see
 * answers.js). Progress resets them.
 *
 * @module
 */

/**
 * @typedef {object} Failure
 * @property {number} status HTTP status; 0 if there was no answer
 * @property {string | null} code of the problem+json, if it was one
 * @property {number | null} retryAfterMs what the server asked for
 */

/**
 * - `retry`: may pass by itself
 * - `sign-in`: a person has to sign in
 * - `ask`: the server has something else than was thought; look what
 * - `rename`: this file id is taken; go on under another
 * - `fail`: no repetition can mend it
 *
 * @typedef {"retry" | "sign-in" | "ask" | "rename" | "fail"} Verdict
 */

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

/** @type {Record<string, Verdict>} */
const BY_CODE = {
  ALREADY_COMPLETE: "ask",
  CHUNK_CONFLICT: "ask",
  CHUNKS_MISSING: "ask",
  UPLOAD_NOT_FOUND: "ask",
  RECORDING_NOT_FOUND: "ask",
  DELETED: "rename",
  DIGEST_MISMATCH: "retry",
};

/**
 * @param {Failure} failure
 * @returns {Verdict}
 */
export function judge({ status, code }) {
  if (isSignIn({ status })) {
    return "sign-in";
  }
  if (isPassing(status)) {
    return "retry";
  }
  return (code && BY_CODE[code]) || "fail";
}

/**
 * What the server says of its own disk; this device says the same of its own.
 *
 * @type {Readonly<Record<string, string>>}
 */
const ALIKE = Object.freeze({
  STORAGE_FULL: "SERVER_FULL",
  STORAGE_ERROR: "SERVER_ERROR",
});

/**
 * @param {Failure} failure
 * @returns {string} what the interface has words for
 */
export function codeOf({ status, code }) {
  if (isSignIn({ status })) {
    return "UNAUTHORIZED";
  }
  const known = code && (ALIKE[code] ?? code);
  return known || (status === 0 ? "NETWORK" : "SERVER_ERROR");
}

/**
 * What a server says by its status alone, whatever code comes along: something
 * between here and it says so, too, and STORAGE_FULL is a code of this device.
 *
 * @type {Readonly<Record<number, string>>}
 */
const REASONS = Object.freeze({
  423: "SERVER_LOCKED",
  429: "SERVER_LIMIT",
  503: "SERVER_BUSY",
  507: "SERVER_FULL",
});

/**
 * @param {Failure} failure that may pass
 * @returns {string} why an upload waits: `waiting.<reason>` has the words, if it
 *   helps to know
 */
export function reasonOf(failure) {
  return failure.code === "TOO_MANY_UPLOADS"
    ? failure.code
    : (REASONS[failure.status] ?? codeOf(failure));
}

/** @param {{status: number}} answer @returns {boolean} whether a person has to sign in */
export function isSignIn({ status }) {
  return status === 401 || status === 403;
}

/** @param {number} status */
function isPassing(status) {
  return status < 400 || [408, 423, 425, 429].includes(status) || status >= 500;
}

/**
 * @param {string} code why bytes of this device could not be read, or a row of its
 *   database
 * @returns {boolean} whether they may be had later
 */
export function mayPass(code) {
  return code === "TAKE_UNREADABLE" || code.startsWith("DATABASE_");
}

/**
 * How long to wait before the next try.
 *
 * @param {object} options
 * @param {number} options.attempts failures since the last progress, this one
 *   included
 * @param {number | null} options.retryAfterMs
 * @param {number} options.random from 0 to 1
 * @returns {number} milliseconds
 */
export function pauseBefore({ attempts, retryAfterMs, random }) {
  const doubled = FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 16);
  const longest = Math.min(doubled, LONGEST_PAUSE_MS);
  const spread = Math.round(longest * (0.5 + random / 2));
  return Math.max(spread, retryAfterMs ?? 0);
}
