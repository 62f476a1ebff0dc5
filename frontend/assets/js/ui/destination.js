import { DESTINATIONS } from "./choices.js";
import { find, setText } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").Destination} Destination */

/**
 * Where takes go, and the sentence that says what follows from it.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {(wanted: Destination) => void} options.onChoose
 * @param {AbortSignal} options.signal
 */
export function mountDestination(root, { messages, onChoose, signal }) {
  const select = find(root, "#destination", HTMLSelectElement);
  const hint = find(root, ".destination-hint", HTMLElement);
  select.addEventListener(
    "change",
    () => {
      const chosen = DESTINATIONS.find((one) => one === select.value);
      onChoose(chosen ?? "device");
    },
    { signal },
  );
  return {
    /** @param {Destination} wanted @param {boolean} isFixed */
    update(wanted, isFixed) {
      select.value = wanted;
      select.disabled = isFixed;
      setText(hint, messages.text(`destination.${wanted}Hint`));
    },
  };
}
