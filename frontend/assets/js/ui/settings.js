import { canEncode } from "./capabilities.js";
import { mountCountIn } from "./count-in.js";
import { mountFormat } from "./format.js";
import { mountPreRoll } from "./pre-roll.js";
import { mountTone } from "./tone.js";

/**
 * What is set now and then, and kept.
 *
 * @param {HTMLElement} root
 * @param {object} parts
 * @param {import("./dom.js").Messages} parts.messages
 * @param {any} parts.recorder
 * @param {import("./announcer.js").Announcer} parts.announcer
 * @param {import("./choices.js").Choices} parts.choices
 * @param {import("./ports.js").Preferences} parts.preferences
 * @param {AbortSignal} parts.signal
 */
export function mountSettings(root, { choices, preferences, ...parts }) {
  /** @param {string} name */
  const keep = (name) => (/** @type {unknown} */ value) =>
    void preferences.set(name, value);
  mountTone(root, { ...parts, tone: choices.tone, onChoose: keep("tone") });
  const { format } = choices;
  mountFormat(root, {
    ...parts,
    format,
    canEncode: canEncode(globalThis),
    onChoose: keep("format"),
  });
  mountPreRoll(root, {
    ...parts,
    choice: choices.preRoll,
  });
  const isOn = choices.hasCountIn;
  return {
    countIn: mountCountIn(root, { ...parts, isOn, onChoose: keep("countIn") }),
  };
}
