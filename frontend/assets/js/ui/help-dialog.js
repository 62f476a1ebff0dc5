import { mountChoiceCheck } from "./choice-field.js";
import { find, onPress } from "./dom.js";
import { mountKeyList } from "./key-list.js";

/** @typedef {import("./dom.js").Messages} Messages */

/**
 * What the studio is, its keys, and the switch for single keys.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./choices.js").Choices} options.choices
 * @param {AbortSignal} options.signal
 */
export function mountHelpDialog(root, { messages, choices, signal }) {
  const dialog = find(root, "dialog.help-dialog", HTMLDialogElement);
  const check = find(dialog, ".single-keys", HTMLInputElement);
  mountChoiceCheck(check, { choice: choices.singleKeys, signal });
  mountKeyList(find(dialog, ".keys", HTMLElement), { messages, signal });
  find(dialog, ".all-about", HTMLAnchorElement).addEventListener(
    "click",
    () => dialog.close(),
    { signal },
  );
  onPress(dialog, ".close", () => dialog.close(), signal);
  return { open: () => dialog.showModal() };
}
