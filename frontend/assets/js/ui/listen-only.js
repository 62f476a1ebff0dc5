import { cloneTemplate, find, listen, setText, translate } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */

/**
 * Stands in the Record view's place where recording cannot work, and names the fix.
 *
 * @param {HTMLElement} view
 * @param {object} options
 * @param {Messages} options.messages
 * @param {readonly string[]} options.missing codes of capabilities.js
 * @param {AbortSignal} options.signal
 */
export function mountListenOnly(view, { messages, missing, signal }) {
  const card = cloneTemplate("listen-only", messages);
  const list = find(card, "ul", HTMLElement);
  const items = missing.map(() =>
    list.appendChild(document.createElement("li")),
  );

  function update() {
    translate(card, messages);
    missing.forEach((code, index) => {
      setText(items[index], messages.text(`missing.${code}`));
    });
  }

  const title = find(view, "h1", HTMLElement);
  view.replaceChildren(title, card);
  listen(messages.changes, "changed", update, signal);
  update();
  return { update };
}
