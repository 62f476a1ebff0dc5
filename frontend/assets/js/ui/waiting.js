/** @typedef {import("./dom.js").Messages} Messages */

/**
 * Why an upload waits, and until when if the server said so.
 *
 * @param {Messages} messages
 * @param {{state: string, code?: string | null, retryAt?: number | null}} upload
 * @returns {string | null} null: it does not wait, or there is no more to say
 */
export function waitingText(messages, { state, code, retryAt = null }) {
  const key = `waiting.${code}`;
  if (state !== "waiting" || !messages.has(key)) {
    return null;
  }
  const reason = messages.text(key);
  return retryAt === null
    ? reason
    : messages.text("waiting.until", { reason, time: messages.time(retryAt) });
}
