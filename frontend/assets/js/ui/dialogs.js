import { find, onPress } from "./dom.js";

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
 * @param {{isOn: boolean}} options.singleKeys
 * @param {import("./ports.js").Preferences} options.preferences
 * @param {AbortSignal} options.signal
 */
export function mountHelpDialog(root, { singleKeys, preferences, signal }) {
  const dialog = find(root, "dialog.help-dialog", HTMLDialogElement);
  const check = find(dialog, ".single-keys", HTMLInputElement);
  check.checked = singleKeys.isOn;
  check.addEventListener(
    "change",
    () => {
      singleKeys.isOn = check.checked;
      void preferences.set("singleKeys", check.checked);
    },
    { signal },
  );
  onPress(root, ".tools .help", () => dialog.showModal(), signal);
  onPress(dialog, ".close", () => dialog.close(), signal);
}
