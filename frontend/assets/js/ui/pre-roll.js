import { find, listen } from "./dom.js";
import { isRunning } from "./take-state.js";

/** @typedef {import("./dom.js").Messages} Messages */

/** Seconds before Record that may belong to a take; 0: none. */
export const PRE_ROLLS = Object.freeze([0, 5, 10, 30]);

/**
 * How much of what was heard before Record belongs to a take.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {EventTarget & {state: import("./ports.js").RecorderState, sound: {keepBefore: (seconds: number) => void}}} options.recorder
 * @param {number} options.seconds
 * @param {(seconds: number) => void} options.onChoose
 * @param {AbortSignal} options.signal
 */
export function mountPreRoll(root, options) {
  const { messages, recorder, onChoose, signal } = options;
  const select = find(root, "#pre-roll", HTMLSelectElement);

  function write() {
    const { value } = select;
    const choices = PRE_ROLLS.map((seconds) => {
      const text = seconds
        ? messages.text("preRoll.last", { time: messages.duration(seconds) })
        : messages.text("preRoll.none");
      return new Option(text, String(seconds));
    });
    select.replaceChildren(...choices);
    select.value = value || String(options.seconds);
  }

  function choose() {
    const seconds = Number(select.value);
    recorder.sound.keepBefore(seconds);
    onChoose(seconds);
  }

  select.addEventListener("change", choose, { signal });
  listen(messages.changes, "changed", write, signal);
  const fix = () => (select.disabled = isRunning({ recorder: recorder.state }));
  listen(recorder, "state", fix, signal);
  write();
  recorder.sound.keepBefore(options.seconds);
}
