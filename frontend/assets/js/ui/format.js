import { FORMATS, formatNamed } from "./choices.js";
import { find, listen } from "./dom.js";
import { isRunning } from "./take-state.js";

/** @typedef {import("../core/types.js").TakeFormat} TakeFormat */

/**
 * The format of takes that are yet to begin: small, or as it was heard.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {EventTarget & {state: import("./ports.js").RecorderState, sound: {format: TakeFormat}}} options.recorder
 * @param {TakeFormat} options.format
 * @param {(format: TakeFormat) => void} options.onChoose
 * @param {AbortSignal} options.signal
 */
export function mountFormat(root, { recorder, format, onChoose, signal }) {
  const select = find(root, "#format", HTMLSelectElement);
  const { sound } = recorder;
  sound.format = format;
  select.value = format;

  function choose() {
    sound.format = formatNamed(select.value) ?? FORMATS[0];
    onChoose(sound.format);
  }

  function follow() {
    select.disabled = isRunning({ recorder: recorder.state });
  }

  select.addEventListener("change", choose, { signal });
  listen(recorder, "state", follow, signal);
}
