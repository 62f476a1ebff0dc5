import { find, setHidden, setText } from "./dom.js";
import { isHeldBack, isSent, wantedOf } from "./take-state.js";
import { faultText } from "./toasts.js";
import { waitingText } from "./waiting.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./take-state.js").TakeState} TakeState */

/**
 * "Safe on this device to … · on the server to …": only what has been flushed
 * and what the server has acknowledged, rounded down to the second.
 *
 * @param {HTMLElement} root
 * @param {{messages: Messages}} options
 */
export function mountSafetyLine(root, { messages }) {
  const line = find(root, ".safety", HTMLElement);
  const device = find(line, ".safe-device-text", HTMLElement);
  const server = find(line, ".safe-server-text", HTMLElement);

  return {
    /** @param {TakeState} state */
    update(state) {
      setHidden(line, state.id === null);
      const time = messages.clock(state.deviceSeconds);
      setText(device, messages.text("safe.device", { time }));
      setText(server, serverText(messages, state));
    },
  };
}

const KEYS = {
  waiting: "safe.waiting",
  paused: "safe.paused",
  verifying: "safe.verifying",
  done: "safe.done",
};

/**
 * @param {Messages} messages
 * @param {TakeState} state
 */
function serverText(messages, state) {
  const { upload, serverSeconds } = state;
  if (!isSent(state)) {
    const key = wantedOf(state) === "later" ? "safe.later" : "safe.deviceOnly";
    return messages.text(key);
  }
  if (upload?.state === "paused" && upload.code === "UNAUTHORIZED") {
    return messages.text("safe.signIn", {
      time: messages.clock(serverSeconds),
    });
  }
  if (upload?.state === "failed") {
    const reason = faultText(messages, upload.code ?? "UNKNOWN");
    return messages.text("safe.failed", { reason });
  }
  const waiting = upload && waitingText(messages, upload);
  if (waiting) {
    const time = messages.clock(serverSeconds);
    return messages.text("safe.waitingFor", { time, reason: waiting });
  }
  return inParts(messages, state, plainText(messages, state));
}

/**
 * @param {Messages} messages
 * @param {TakeState} state
 */
function plainText(messages, state) {
  const { upload, serverSeconds } = state;
  const plain = isHeldBack(state) ? "safe.limited" : "safe.server";
  const key = Reflect.get(KEYS, upload?.state ?? "") ?? plain;
  return messages.text(key, { time: messages.clock(serverSeconds) });
}

/**
 * @param {Messages} messages
 * @param {TakeState} state
 * @param {string} so what is said of it
 */
function inParts(messages, { upload }, so) {
  const count = upload?.parts ?? 0;
  return count > 1 ? messages.text("safe.inParts", { so, count }) : so;
}
