import { listen, onReturn } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").UploadProgress} UploadProgress */

const CODE = "UPLOAD_UNAUTHORIZED";

/**
 * The way to sign in, beside a message that says it is needed: in another tab, for
 * a take may be running in this one.
 *
 * @param {Messages} messages
 * @returns {Pick<import("./toasts.js").Toast, "action" | "onAction">}
 */
export function signInOffer(messages) {
  return {
    action: messages.text("action.signIn"),
    onAction: () => void open("./?sign-in", "_blank", "noopener"),
  };
}

/**
 * Offers to sign in when uploads wait for that. That it is over is said once an
 * upload really goes on.
 *
 * @param {object} options
 * @param {EventTarget & {wake: () => void}} options.uploads
 * @param {{wait: () => void, ask: () => unknown}} options.signIn
 * @param {import("./toasts.js").Toasts} options.toasts
 * @param {Messages} options.messages
 * @param {AbortSignal} options.signal
 */
export function offerSignIn({ uploads, signIn, toasts, messages, signal }) {
  /** How far those were that wait. @type {Map<string, number>} */
  const waiting = new Map();

  /** @param {UploadProgress} progress */
  function notice(progress) {
    const { id, ackBytes } = progress;
    if (isShutOut(progress)) {
      if (waiting.size === 0) {
        toasts.fault(CODE, signInOffer(messages));
      }
      waiting.set(id, waiting.get(id) ?? ackBytes);
      signIn.wait();
    } else if (goesOn(progress, waiting.get(id))) {
      waiting.clear();
      toasts.settle({ code: CODE });
    }
  }
  listen(uploads, "progress", notice, signal);
  listen(uploads, "cancelled", ({ id }) => waiting.delete(id), signal);
  // Whoever had to sign in did so elsewhere, and comes back.
  onReturn(() => {
    uploads.wake();
    void signIn.ask();
  }, signal);
}

/** @param {UploadProgress} progress */
function isShutOut({ state, code }) {
  return state === "paused" && code === "UNAUTHORIZED";
}

/**
 * @param {UploadProgress} progress
 * @param {number | undefined} before what the server had of it; undefined: it did
 *   not wait
 */
function goesOn({ state, ackBytes }, before) {
  return before !== undefined && (state === "done" || ackBytes > before);
}
