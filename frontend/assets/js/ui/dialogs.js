import { mountChoiceCheck } from "./choice-field.js";
import { find, onPress } from "./dom.js";
import { mountKeyList } from "./key-list.js";

/** @typedef {import("./dom.js").Messages} Messages */

/**
 * The dialog that asks for a recording's name. Esc and Cancel change nothing.
 *
 * @param {HTMLElement} root
 * @param {{signal: AbortSignal}} options
 */
export function mountRenameDialog(root, { signal }) {
  const dialog = find(root, "dialog.rename", HTMLDialogElement);
  const field = find(dialog, "input", HTMLInputElement);
  /** @type {(name: string) => void} */
  let answer = () => {};

  find(dialog, "form", HTMLFormElement).addEventListener(
    "submit",
    () => {
      const name = field.value.trim();
      if (name !== "") {
        answer(name);
      }
    },
    { signal },
  );
  onPress(dialog, ".cancel", () => dialog.close(), signal);

  return {
    /** @param {string} name @param {(name: string) => void} onName */
    open(name, onName) {
      answer = onName;
      field.value = name;
      dialog.showModal();
      field.select();
    },
  };
}

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
