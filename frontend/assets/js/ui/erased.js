import { cloneTemplate, find, onPress, translate } from "./dom.js";

/**
 * Says that this device is erased, in the place of everything else: what would
 * begin anew by itself would leave something here again.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("./dom.js").Messages} options.messages
 * @param {() => void} options.onBegin
 * @param {AbortSignal} options.signal
 */
export function showErased(root, { messages, onBegin, signal }) {
  document.documentElement.lang = messages.language;
  translate(root, messages);
  document.title = messages.text("shell.title", {
    view: messages.text("erase.done"),
  });
  const notice = cloneTemplate("erased", messages);
  onPress(notice, ".begin-anew", onBegin, signal);
  find(root, ".tools", HTMLElement).hidden = true;
  find(root, ".views", HTMLElement).hidden = true;
  find(root, "#main", HTMLElement).replaceChildren(notice);
  find(notice, "h1", HTMLElement).focus();
}
