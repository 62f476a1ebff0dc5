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
 * Esc, a click elsewhere and scrolling what is behind it close the menu. While it
 * is open nothing in it moves: what has become impossible is only marked so, what
 * is new comes with the next opening.
 *
 * @param {HTMLElement} row
 * @param {{messages: Messages, signal: AbortSignal}} options
 */
export function mountRowMenu(row, { messages, signal }) {
  const menu = find(row, ".menu", HTMLElement);
  const more = find(row, ".more", HTMLButtonElement);
  const main = find(row, ".row-main", HTMLButtonElement);
  const place = find(row, ".row-actions", HTMLElement);
  /** @type {{name: string, button: HTMLButtonElement}[]} */
  let shown = [];
  /** @type {MenuItem[]} what there is to do now */
  let items = [];

  /** @type {MenuItem | undefined} */
  let chief;

  /** @param {boolean} isOpen */
  function open(isOpen) {
    setAttribute(more, "aria-expanded", String(isOpen));
    write();
    if (isOpen) {
      placeBeside(menu, more);
      shown[0]?.button.focus();
    }
  }
  const isOpen = () => more.getAttribute("aria-expanded") === "true";
  const itemOf = (/** @type {string} */ name) =>
    items.find((item) => item.name === name);

  /** @param {string} name */
  function press(name) {
    const item = itemOf(name);
    if (item) {
      open(false);
      more.focus();
      item.press();
    }
  }

  /** @param {MenuItem} item */
  function build({ name, icon }) {
    const button = cloneTemplate("menu-button", messages);
    setIcon(button, icon);
    setAttribute(button, "data-action", name);
    button.addEventListener("click", () => press(name), { signal });
    return { name, button: /** @type {HTMLButtonElement} */ (button) };
  }

  function write() {
    const isSame = namesIn(items) === namesIn(shown);
    if (!isSame && !isOpen()) {
      shown = items.map(build);
      menu.replaceChildren(...shown.map(({ button }) => button));
    }
    more.hidden = items.length === 0 && !isOpen();
    for (const { name, button } of shown) {
      const text = messages.text(`action.${name}`);
      setText(find(button, "span", HTMLElement), text);
      setAttribute(button, "aria-disabled", itemOf(name) ? null : "true");
    }
  }

  more.addEventListener("click", () => open(!isOpen()), { signal });
  main.addEventListener("click", () => chief?.press(), { signal });
  closeOnLeaving(place, { isOpen, close: () => open(false), more, signal });

  return {
    /** @param {string} rowName @param {MenuItem[]} all */
    update(rowName, all) {
      const hadFocus = document.activeElement === main;
      chief = all.find(({ isMain }) => isMain);
      writeMain(main, chief, messages);
      if (hadFocus && !chief) {
        more.focus({ preventScroll: true });
      }
      items = all.filter((item) => item !== chief);
      write();
      setLabel(more, messages.text("action.more", { name: rowName }));
      setAttribute(
        menu,
        "aria-label",
        messages.text("action.more", { name: rowName }),
      );
    },
  };
}

/** @param {readonly {name: string}[]} items */
const namesIn = (items) => items.map(({ name }) => name).join();

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
        event.preventDefault();
        close();
        more.focus();
      }
    },
    { signal },
  );
  document.addEventListener(
    "scroll",
    ({ target }) => {
      const isWithin = target instanceof Node && place.contains(target);
      if (isOpen() && !isWithin) {
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
