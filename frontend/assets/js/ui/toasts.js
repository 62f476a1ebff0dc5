import { cloneTemplate, find, onPress, setLabel, setText } from "./dom.js";
import { after } from "./timers.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {ReturnType<typeof mountToasts>} Toasts */

const READING_MS = 8000;

/**
 * @typedef {object} Toast
 * @property {string} text
 * @property {string} [action] what its button says; with it the toast stays
 * @property {() => void} [onAction]
 * @property {number} [ms] how long it stays though it has an action
 * @property {boolean} [isUrgent]
 */

/**
 * Short messages at the edge. One that holds an action stays until the action
 * or the cross is pressed, or the action has become void.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./announcer.js").Announcer} options.announcer
 * @param {(code: string) => void} options.onFault it is being told
 * @param {AbortSignal} options.signal
 */
export function mountToasts(root, options) {
  const { messages, announcer, onFault, signal } = options;

  /**
   * @param {Toast} toast
   * @returns {() => void} takes it away
   */
  function show({ text, action, onAction, ms, isUrgent = false }) {
    const end = new AbortController();
    const node = cloneTemplate("toast", messages);
    const close = () => {
      end.abort();
      node.remove();
    };
    setText(find(node, ".toast-text", HTMLElement), text);
    const button = onPress(
      node,
      ".toast-action",
      () => {
        close();
        onAction?.();
      },
      end.signal,
    );
    button.hidden = action === undefined;
    setText(button, action ?? "");
    setLabel(
      onPress(node, ".toast-close", close, end.signal),
      messages.text("action.close"),
    );
    const stay = ms ?? (action === undefined ? READING_MS : Infinity);
    if (stay < Infinity) {
      after(stay, close, AbortSignal.any([end.signal, signal]));
    }
    root.append(node);
    announcer[isUrgent ? "alarm" : "say"](text);
    return close;
  }

  /** @type {Map<string, () => void>} */
  const faults = new Map();

  /**
   * Stays until it is closed; the same fault is shown once.
   *
   * @param {string} code of a StudioError
   * @param {Pick<Toast, "action" | "onAction">} [offer]
   */
  function fault(code, offer = {}) {
    onFault(code);
    faults.get(code)?.();
    const text = faultText(messages, code);
    faults.set(code, show({ text, isUrgent: true, ms: Infinity, ...offer }));
  }

  /**
   * What a fault said is over.
   *
   * @param {{code: string, name?: string | null}} news name: of what has taken
   *   the place of what is gone
   */
  function settle({ code, name }) {
    faults.get(code)?.();
    const text = name
      ? messages.text("settled.other", { name })
      : messages.text(`settled.${code}`);
    show({ text });
  }

  return { show, fault, settle };
}

/**
 * @param {Messages} messages
 * @param {string} code
 */
export function faultText(messages, code) {
  const key = `error.${code}`;
  return messages.text(messages.has(key) ? key : "error.UNKNOWN", { code });
}
