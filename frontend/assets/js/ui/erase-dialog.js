import { find, onPress, setText } from "./dom.js";
import { faultText } from "./toasts.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./device-card.js").Holdings} Holdings */

/**
 * Asks whether all on this device shall go: says what would be lost, offers to
 * take it along first, and wants a word typed.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {() => Promise<void>} options.onErase rejects where it cannot be
 * @param {() => void} options.onExport
 * @param {(error: unknown) => string} options.codeOf
 * @param {AbortSignal} options.signal
 */
export function mountEraseDialog(root, options) {
  const { messages, onErase, onExport, codeOf, signal } = options;
  const dialog = find(root, "dialog.erase", HTMLDialogElement);
  const lost = find(dialog, ".erase-lost", HTMLElement);
  const more = {
    trashed: find(dialog, ".erase-trashed", HTMLElement),
    unheard: find(dialog, ".erase-unheard", HTMLElement),
  };
  const label = find(dialog, "label", HTMLElement);
  const field = find(dialog, "input", HTMLInputElement);
  const fault = find(dialog, ".erase-fault", HTMLElement);

  async function submit() {
    if (!isSame(field.value, messages.text("erase.word"))) {
      setText(fault, messages.text("erase.wrongWord"));
      return field.focus();
    }
    setText(fault, "");
    await onErase().catch((error) =>
      setText(fault, faultText(messages, codeOf(error))),
    );
  }

  find(dialog, "form", HTMLFormElement).addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      void submit();
    },
    { signal },
  );
  onPress(dialog, ".cancel", () => dialog.close(), signal);
  const exporting = onPress(
    dialog,
    ".export-first",
    () => {
      dialog.close();
      onExport();
    },
    signal,
  );

  return {
    /** @param {Holdings} holdings */
    open(holdings) {
      setText(lost, lossText(messages, holdings));
      for (const name of /** @type {const} */ (["trashed", "unheard"])) {
        const count = holdings[name];
        more[name].hidden = count === 0;
        setText(more[name], messages.text(`erase.${name}`, { count }));
      }
      exporting.hidden = holdings.here === 0;
      const word = messages.text("erase.word");
      setText(label, messages.text("erase.type", { word }));
      field.value = "";
      setText(fault, "");
      dialog.showModal();
      find(dialog, ".cancel", HTMLElement).focus();
    },
  };
}

/**
 * @param {Messages} messages
 * @param {Pick<Holdings, "here" | "onlyHere">} holdings
 */
export function lossText(messages, { here, onlyHere: count }) {
  if (here === 0) {
    return messages.text("device.none");
  }
  return count > 0
    ? messages.text("erase.lost", { count })
    : messages.text("erase.noneLost");
}

/** @param {string} typed @param {string} word */
export function isSame(typed, word) {
  const plain = (/** @type {string} */ text) =>
    text.normalize("NFC").trim().toLowerCase();
  return plain(typed) === plain(word);
}
