import { mountChoiceList } from "./choice-field.js";
import { find, listen } from "./dom.js";
import { isRunning } from "./take-state.js";

/** @typedef {import("./dom.js").Messages} Messages */

/** Seconds before Record that may belong to a take; 0: none. */
export const PRE_ROLLS = Object.freeze([0, 5, 10, 30]);

/** @param {unknown} stored @returns {number} seconds */
export function preRollOf(stored) {
  return PRE_ROLLS.find((each) => each === Number(stored)) ?? 0;
}

/**
 * @param {Messages} messages
 * @returns {import("./choice-field.js").Option[]}
 */
export function preRollOptions(messages) {
  return PRE_ROLLS.map((seconds) => ({
    value: String(seconds),
    text: seconds
      ? messages.text("preRoll.last", { time: messages.duration(seconds) })
      : messages.text("preRoll.none"),
  }));
}

/**
 * How much of what was heard before Record belongs to a take.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {EventTarget & {state: import("./ports.js").RecorderState, sound: {keepBefore: (seconds: number) => void}}} options.recorder
 * @param {import("./choice.js").Choice<number>} options.choice in seconds
 * @param {AbortSignal} options.signal
 */
export function mountPreRoll(root, { messages, recorder, choice, signal }) {
  const select = find(root, "#pre-roll", HTMLSelectElement);
  const options = () => preRollOptions(messages);
  mountChoiceList(select, { choice, options, messages, signal });
  const keep = () => recorder.sound.keepBefore(choice.value);
  listen(choice.changes, "changed", keep, signal);
  const fix = () => (select.disabled = isRunning({ recorder: recorder.state }));
  listen(recorder, "state", fix, signal);
  keep();
}
