/**
 * Reading the server's answers: problem+json and Retry-After. Pure.
 *
 * @module
 */

/** @typedef {import("./retry.js").Failure} Failure */

/** No answer at all: offline, connection lost, nothing heard for too long. */
export const NO_ANSWER = Object.freeze({
  status: 0,
  code: null,
  retryAfterMs: null,
});

/** Led elsewhere instead of answered: to where people sign in. */
export const SIGN_IN = Object.freeze({
  status: 401,
  code: null,
  retryAfterMs: null,
});

/**
 * What a server may ask for at most: timers know no more than 24 days, and make
 * no pause at all of what is longer.
 */
const LONGEST_RETRY_AFTER_MS = 60 * 60 * 1000;

/**
 * @param {string | null} value seconds or an HTTP date (RFC 9110, 10.2.3)
 * @param {number} now Unix milliseconds
 * @returns {number | null} milliseconds from now, an hour at most
 */
export function parseRetryAfter(value, now) {
  if (!value) {
    return null;
  }
  const ms = /^\d+$/.test(value.trim())
    ? Number(value) * 1000
    : Date.parse(value) - now;
  return Number.isNaN(ms)
    ? null
    : Math.max(0, Math.min(ms, LONGEST_RETRY_AFTER_MS));
}

/**
 * @param {string} text body of an answer
 * @returns {Record<string, unknown> | null} null if it is not a JSON object
 */
export function parseObject(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * @param {object} answer
 * @param {number} answer.status
 * @param {string} answer.text
 * @param {string | null} answer.retryAfter
 * @param {number} answer.now
 * @returns {Failure}
 */
export function describeFailure({ status, text, retryAfter, now }) {
  const code = parseObject(text)?.code;
  return {
    status,
    code: typeof code === "string" ? code : null,
    retryAfterMs: parseRetryAfter(retryAfter, now),
  };
}
