import { listen, setAttribute, translate } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */

/**
 * The buttons DE and EN; keeps the language of the document true.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./choice.js").Choice<string | null>} options.choice null: what
 *   the browser wishes
 * @param {(wish: string | null) => unknown} options.speak in that language, once
 *   its texts are there
 * @param {AbortSignal} options.signal
 */
export function mountLanguageSwitch(root, options) {
  const { messages, choice, speak, signal } = options;
  const buttons = [...root.querySelectorAll("button[data-language]")];

  function update() {
    document.documentElement.lang = messages.language;
    translate(document, messages);
    for (const button of buttons) {
      const isChosen =
        button.getAttribute("data-language") === messages.language;
      setAttribute(button, "aria-pressed", String(isChosen));
    }
  }

  for (const button of buttons) {
    const language = button.getAttribute("data-language") ?? "";
    const choose = () =>
      choice.value === language ? speak(language) : choice.choose(language);
    button.addEventListener("click", () => void choose(), { signal });
  }
  listen(choice.changes, "changed", () => speak(choice.value), signal);
  listen(messages.changes, "changed", update, signal);
  update();
  return { update };
}
