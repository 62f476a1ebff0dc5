import { find, onPress, setText } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */

/**
 * Asks once, and again after it could not be asked: that is no for now only.
 *
 * @param {() => Promise<boolean>} ask
 * @returns {() => Promise<boolean>}
 */
export function askUntilTold(ask) {
  /** @type {Promise<boolean> | null} */
  let answer = null;
  return () =>
    (answer ??= ask().catch(() => {
      answer = null;
      return false;
    }));
}

/**
 * The dialog that asks in which format a recording is wanted.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {() => Promise<boolean>} options.canMakeM4a asked when it is opened,
 *   until it is known
 * @param {(id: string) => void} options.onStored as it is stored
 * @param {(row: {id: string, name: string}, format: any) => void} options.onFormat
 * @param {AbortSignal} options.signal
 */
export function mountDownloadDialog(root, options) {
  const { messages, canMakeM4a, onStored, onFormat, signal } = options;
  const dialog = find(root, "dialog.download-as", HTMLDialogElement);
  const title = find(dialog, "h2", HTMLElement);
  const m4a = find(dialog, '[data-format="m4a"]', HTMLButtonElement);
  const note = find(m4a, ".format-note", HTMLElement);
  /** @type {{id: string, name: string} | null} */
  let asked = null;
  const hasM4a = askUntilTold(canMakeM4a);

  /** @param {boolean} can */
  function writeM4a(can) {
    m4a.disabled = !can;
    const key = can ? "as.m4aNote" : "error.MEDIA_NO_M4A";
    setText(note, messages.text(key));
  }

  for (const button of dialog.querySelectorAll("[data-format]")) {
    const format = button.getAttribute("data-format") ?? "";
    button.addEventListener(
      "click",
      () => {
        dialog.close();
        if (asked && format === "stored") {
          onStored(asked.id);
        } else if (asked) {
          onFormat(asked, format);
        }
      },
      { signal },
    );
  }
  onPress(dialog, ".cancel", () => dialog.close(), signal);

  return {
    /** @param {{id: string, name: string}} row */
    open({ id, name }) {
      asked = { id, name };
      setText(title, messages.text("downloadAs.title", { name }));
      void hasM4a().then(writeM4a);
      dialog.showModal();
    },
  };
}
