import {
  cloneTemplate,
  find,
  setAttribute,
  setIcon,
  setLabel,
  setText,
} from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */
/**
 * @typedef {object} MenuItem
 * @property {string} name `action.<name>` has the words
 * @property {string} icon
 * @property {() => void} press
 * @property {"word" | "icon"} [isMain] it stands in the row itself, as that
 */

const GAP = 4;

/**
 * A row's actions: one that matters most in the row, the others behind a button.
 * Esc and a click elsewhere close the menu.
 *
 * @param {HTMLElement} row
 * @param {{messages: Messages, signal: AbortSignal}} options
 */
export function mountRowMenu(row, { messages, signal }) {
  const menu = find(row, ".menu", HTMLElement);
  const more = find(row, ".more", HTMLButtonElement);
  const main = find(row, ".row-main", HTMLButtonElement);
  const place = find(row, ".row-actions", HTMLElement);
  /** @type {{names: string, buttons: HTMLButtonElement[], items: MenuItem[]}} */
  const shown = { names: "", buttons: [], items: [] };

  /** @type {MenuItem | undefined} */
  let chief;

  /** @param {boolean} isOpen */
  function open(isOpen) {
    setAttribute(more, "aria-expanded", String(isOpen));
    if (isOpen) {
      placeBeside(menu, more);
      shown.buttons[0]?.focus();
    }
  }
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
  main.addEventListener("click", () => chief?.press(), { signal });
  closeOnLeaving(place, { isOpen, close: () => open(false), more, signal });

  return {
    /** @param {string} rowName @param {MenuItem[]} all */
    update(rowName, all) {
      chief = all.find(({ isMain }) => isMain);
      writeMain(main, chief, messages);
      const items = all.filter((item) => item !== chief);
      const names = items.map(({ name }) => name).join(" ");
      shown.items = items;
      if (names !== shown.names) {
        shown.names = names;
        build(items);
      }
      more.hidden = items.length === 0;
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
        setAttribute(button, "data-action", name);
        setText(find(button, "span", HTMLElement), text);
      });
    },
  };
}

/**
 * @param {HTMLButtonElement} button
 * @param {MenuItem | undefined} item
 * @param {Messages} messages
 */
function writeMain(button, item, messages) {
  button.hidden = item === undefined;
  if (item) {
    const text = messages.text(`action.${item.name}`);
    setAttribute(button, "data-action", item.name);
    setAttribute(button, "data-as", item.isMain ?? null);
    setAttribute(button, "title", item.isMain === "icon" ? text : null);
    setIcon(button, item.icon);
    setText(find(button, "span", HTMLElement), text);
  }
}

/**
 * Below the button, or above it where there is more room: nothing moves.
 *
 * @param {HTMLElement} menu
 * @param {HTMLElement} button
 */
function placeBeside(menu, button) {
  const { top, bottom, right } = button.getBoundingClientRect();
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const below = bottom + GAP;
  const isLow = below + menu.offsetHeight > height;
  const above = Math.max(0, top - GAP - menu.offsetHeight);
  menu.style.insetBlockStart = `${isLow ? above : below}px`;
  menu.style.insetInlineEnd = `${width - right}px`;
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
    "scroll",
    () => {
      if (isOpen()) {
        close();
        more.focus({ preventScroll: true });
      }
    },
    { capture: true, passive: true, signal },
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
