import { find, onPress, setText } from "./dom.js";

/** @typedef {ReturnType<typeof mountConfirmDialog>} ConfirmDialog */

/**
 * The dialog that asks before what cannot be undone. Esc and Cancel say no, and
 * Cancel has the focus.
 *
 * @param {HTMLElement} root
 * @param {{signal: AbortSignal}} options
 */
export function mountConfirmDialog(root, { signal }) {
  const dialog = find(root, "dialog.confirm", HTMLDialogElement);
  const title = find(dialog, "h2", HTMLElement);
  const text = find(dialog, ".confirm-text", HTMLElement);
  /** @type {(isSure: boolean) => void} */
  let answer = () => {};
  const go = onPress(
    dialog,
    ".confirm-go",
    () => {
      answer(true);
      dialog.close();
    },
    signal,
  );
  onPress(dialog, ".cancel", () => dialog.close(), signal);
  dialog.addEventListener("close", () => answer(false), { signal });

  return {
    /**
     * @param {{title: string, text: string, go: string}} words
     * @returns {Promise<boolean>}
     */
    ask(words) {
      answer(false);
      setText(title, words.title);
      setText(text, words.text);
      setText(go, words.go);
      dialog.showModal();
      return new Promise((resolve) => (answer = resolve));
    },
  };
}
