import { kilobytesOf } from "../core/upload-limit.js";
import { find, listen } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */

/**
 * How fast all uploads together may be, on all pages. An empty field is no limit.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./ports.js").Preferences} options.preferences
 * @param {import("./choices.js").Choices} options.choices
 * @param {AbortSignal} options.signal
 */
export function mountUploadLimit(
  root,
  { messages, preferences, choices, signal },
) {
  const field = find(root, "#upload-limit", HTMLInputElement);
  let chosen = choices.uploadLimit;
  let written = "";

  function write() {
    written = chosen > 0 ? String(chosen) : "";
    field.value = written;
    field.placeholder = messages.text("uploads.noLimit");
  }

  /** @param {unknown} stored by another page; what is being typed here stays */
  function heed(stored) {
    if (field.value === written) {
      chosen = kilobytesOf(stored);
      write();
    }
  }

  field.addEventListener(
    "change",
    () => {
      chosen = kilobytesOf(field.value);
      write();
      void preferences.set("uploadLimit", chosen);
    },
    { signal },
  );
  preferences.watch("uploadLimit", heed, { signal });
  listen(messages.changes, "changed", write, signal);
  write();
}
