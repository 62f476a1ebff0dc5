import { listen } from "./dom.js";
import { SHORTCUTS } from "./keys.js";

/** @typedef {import("./dom.js").Messages} Messages */

/**
 * All keys, and what each does.
 *
 * @param {HTMLElement} list a `dl`
 * @param {{messages: Messages, signal: AbortSignal}} options
 */
export function mountKeyList(list, { messages, signal }) {
  function write() {
    const entries = SHORTCUTS.flatMap(({ keys, says }) => {
      const term = document.createElement("dt");
      term.append(...keys.map((key) => capOf(messages, key)));
      const text = document.createElement("dd");
      text.textContent = messages.text(says);
      return [term, text];
    });
    list.replaceChildren(...entries);
  }
  listen(messages.changes, "changed", write, signal);
  write();
}

/** @param {Messages} messages @param {string} key or several, with a plus */
function capOf(messages, key) {
  const cap = document.createElement("kbd");
  cap.className = "key";
  cap.textContent = capText(messages, key);
  return cap;
}

/**
 * What stands on a key.
 *
 * @param {Messages} messages
 * @param {string} key as the browser names it
 */
export function capText(messages, key) {
  const names = key === " " ? ["Space"] : key.split("+");
  return names
    .map((name) =>
      messages.has(`key.${name}`)
        ? messages.text(`key.${name}`)
        : name.toUpperCase(),
    )
    .join(" + ");
}
