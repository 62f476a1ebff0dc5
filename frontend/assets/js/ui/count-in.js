import { find, listen, onPress, setText } from "./dom.js";
import { after } from "./timers.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {ReturnType<typeof mountCountIn>} CountIn */

const COUNT = 3;
const BEAT_MS = 1000;

/**
 * Counts down, for eye and ear, before a take begins; until then it can be called
 * off, by its button, Esc, or the key that begins a take.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {EventTarget & {state: import("./ports.js").RecorderState, stay: () => void}} options.recorder
 * @param {import("./announcer.js").Announcer} options.announcer
 * @param {boolean} options.isOn
 * @param {(isOn: boolean) => void} options.onChoose
 * @param {AbortSignal} options.signal
 */
export function mountCountIn(root, options) {
  const { messages, recorder, announcer, onChoose, signal } = options;
  const wish = find(root, "#count-in", HTMLInputElement);
  const number = find(root, ".count", HTMLElement);
  const record = find(root, ".record-button", HTMLButtonElement);
  const callOff = onPress(root, ".count-cancel", cancel, signal);
  /** @type {AbortController | null} */
  let counting = null;

  function show() {
    const isOurs = record === document.activeElement;
    const wasOurs = callOff === document.activeElement;
    callOff.hidden = counting === null;
    record.hidden = counting !== null;
    if (isOurs || wasOurs) {
      (counting ? callOff : record).focus();
    }
  }

  function end() {
    counting?.abort();
    counting = null;
    setText(number, "");
    show();
  }

  function cancel() {
    if (counting) {
      end();
      announcer.say(messages.text("count.cancelled"));
    }
  }

  /** @param {number} left @param {() => void} start */
  function beat(left, start) {
    if (left === 0) {
      end();
      start();
    } else if (counting) {
      setText(number, messages.number(left));
      after(BEAT_MS, () => beat(left - 1, start), counting.signal);
    }
  }

  signal.addEventListener("abort", () => counting?.abort(), { once: true });
  wish.checked = options.isOn;
  wish.addEventListener("change", () => onChoose(wish.checked), { signal });
  listen(recorder, "state", cancel, signal);
  const escape = (/** @type {KeyboardEvent} */ { key }) =>
    key === "Escape" && cancel();
  document.addEventListener("keydown", escape, { signal });

  return {
    get isCounting() {
      return counting !== null;
    },
    cancel,

    /** @param {() => void} start  called at once unless it is counted */
    lead(start) {
      if (!wish.checked) {
        return start();
      }
      counting?.abort();
      counting = new AbortController();
      recorder.stay();
      show();
      beat(COUNT, start);
    },
  };
}
