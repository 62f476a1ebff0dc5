import {
  cloneTemplate,
  find,
  setAttribute,
  setIcon,
  setLabel,
  setText,
} from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {{name: string, icon: string, press: () => void}} MenuItem `action.<name>` has the words */

/**
 * A row's actions: side by side where there is room, else behind a button. Esc
 * and a click elsewhere close it.
 *
 * @param {HTMLElement} row
 * @param {{messages: Messages, signal: AbortSignal}} options
 */
export function mountRowMenu(row, { messages, signal }) {
  const menu = find(row, ".menu", HTMLElement);
  const more = find(row, ".more", HTMLButtonElement);
  const place = find(row, ".row-actions", HTMLElement);
  /** @type {{names: string, buttons: HTMLButtonElement[], items: MenuItem[]}} */
  const shown = { names: "", buttons: [], items: [] };

  /** @param {boolean} isOpen */
  const open = (isOpen) => setAttribute(more, "aria-expanded", String(isOpen));
  const isOpen = () => more.getAttribute("aria-expanded") === "true";

  /** @param {MenuItem[]} items */
  function build(items) {
    shown.buttons = items.map((_, index) => {
      const button = cloneTemplate("menu-button", messages);
      button.addEventListener(
        "click",
        () => {
          open(false);
          more.focus();
          shown.items[index].press();
        },
        { signal },
      );
      return /** @type {HTMLButtonElement} */ (button);
    });
    menu.replaceChildren(...shown.buttons);
  }

  more.addEventListener("click", () => open(!isOpen()), { signal });
  closeOnLeaving(place, { isOpen, close: () => open(false), more, signal });

  return {
    /** @param {string} rowName @param {MenuItem[]} items */
    update(rowName, items) {
      const names = items.map(({ name }) => name).join(" ");
      shown.items = items;
      if (names !== shown.names) {
        shown.names = names;
        build(items);
      }
      setLabel(more, messages.text("action.more", { name: rowName }));
      setAttribute(
        menu,
        "aria-label",
        messages.text("action.more", { name: rowName }),
      );
      items.forEach(({ name, icon }, index) => {
        const button = shown.buttons[index];
        const text = messages.text(`action.${name}`);
        setIcon(button, icon);
        setAttribute(button, "title", text);
        setText(find(button, "span", HTMLElement), text);
      });
    },
  };
}

/**
 * @param {HTMLElement} place
 * @param {{isOpen: () => boolean, close: () => void, more: HTMLElement, signal: AbortSignal}} menu
 */
function closeOnLeaving(place, { isOpen, close, more, signal }) {
  place.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape" && isOpen()) {
        close();
        more.focus();
      }
    },
    { signal },
  );
  document.addEventListener(
    "pointerdown",
    ({ target }) => {
      if (isOpen() && !(target instanceof Node && place.contains(target))) {
        close();
      }
    },
    { signal },
  );
  place.addEventListener(
    "focusout",
    ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !place.contains(relatedTarget)) {
        close();
      }
    },
    { signal },
  );
}
