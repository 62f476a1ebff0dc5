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

/**
 * @param {string | null} value seconds or an HTTP date (RFC 9110, 10.2.3)
 * @param {number} now Unix milliseconds
 * @returns {number | null} milliseconds from now
 */
export function parseRetryAfter(value, now) {
  if (!value) {
    return null;
  }
  if (/^\d+$/.test(value.trim())) {
    return Number(value) * 1000;
  }
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
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
