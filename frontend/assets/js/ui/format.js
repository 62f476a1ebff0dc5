import { FORMATS, formatNamed } from "./choices.js";
import { find, listen } from "./dom.js";
import { isRunning } from "./take-state.js";

/** @typedef {import("../core/types.js").TakeFormat} TakeFormat */

/**
 * The format of takes that are yet to begin: small, or as it was heard. Where the
 * browser encodes nothing it is the latter, whatever was chosen elsewhere.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {EventTarget & {state: import("./ports.js").RecorderState, sound: {format: TakeFormat}}} options.recorder
 * @param {TakeFormat} options.format
 * @param {boolean} options.canEncode
 * @param {import("./dom.js").Messages} options.messages
 * @param {(format: TakeFormat) => void} options.onChoose
 * @param {AbortSignal} options.signal
 */
export function mountFormat(root, { recorder, canEncode, ...options }) {
  const { messages, onChoose, signal } = options;
  const select = find(root, "#format", HTMLSelectElement);
  const { sound } = recorder;
  const format = canEncode ? options.format : "wav";
  sound.format = format;
  select.value = format;
  if (!canEncode) {
    const opus = find(select, 'option[value="opus"]', HTMLOptionElement);
    opus.disabled = true;
    opus.dataset.i18n = "format.noOpus";
    opus.textContent = messages.text("format.noOpus");
  }

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
