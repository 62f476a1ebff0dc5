import { kilobytesOf } from "../core/upload-limit.js";
import { find, listen } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */

/**
 * How fast all uploads together may be, on all pages. An empty field is no limit.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./choice.js").Choice<number>} options.choice in kB/s
 * @param {AbortSignal} options.signal
 */
export function mountUploadLimit(root, { messages, choice, signal }) {
  const field = find(root, ".upload-limit .field", HTMLInputElement);
  let written = "";

  function write() {
    written = choice.value > 0 ? String(choice.value) : "";
    field.value = written;
    field.placeholder = messages.text("uploads.noLimit");
  }

  /** Another field's; what is being typed here stays. */
  function heed() {
    if (field.value === written) {
      write();
    }
  }

  field.addEventListener(
    "change",
    () => {
      void choice.choose(kilobytesOf(field.value));
      write();
    },
    { signal },
  );
  listen(choice.changes, "changed", heed, signal);
  listen(messages.changes, "changed", write, signal);
  write();
}
