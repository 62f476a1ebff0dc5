/**
 * The few things every component does with the document.
 *
 * @module
 */

/** @typedef {import("../core/messages.js").Messages} Messages */

const SPRITE = "assets/icons/ui.svg";

/**
 * The element a component cannot live without.
 *
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
export function find(root, selector, type) {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) {
    throw new TypeError(`no ${type.name} at "${selector}"`);
  }
  return found;
}

/**
 * A fresh copy of the one element in `<template id=…>`, in its language.
 *
 * @param {string} id
 * @param {Messages} messages
 */
export function cloneTemplate(id, messages) {
  const template = find(document, `template#${id}`, HTMLTemplateElement);
  const copy = template.content.firstElementChild?.cloneNode(true);
  if (!(copy instanceof HTMLElement)) {
    throw new TypeError(`template "${id}" is empty`);
  }
  translate(copy, messages);
  return copy;
}

/**
 * Writes all texts that stand in the markup by key only.
 *
 * @param {ParentNode} root
 * @param {Messages} messages
 */
export function translate(root, messages) {
  for (const node of root.querySelectorAll("[data-i18n]")) {
    setText(node, messages.text(node.getAttribute("data-i18n") ?? ""));
  }
  for (const [mark, attribute] of [
    ["data-i18n-label", "aria-label"],
    ["data-i18n-title", "title"],
    ["data-i18n-placeholder", "placeholder"],
  ]) {
    for (const node of root.querySelectorAll(`[${mark}]`)) {
      const key = node.getAttribute(mark) ?? "";
      setAttribute(node, attribute, messages.text(key));
    }
  }
}

/**
 * Changes a text only where it differs: assistive technology hears no echo. A text
 * that is there already stays the same node: a new one is laid out anew, and every
 * `:has()` around it is asked again.
 *
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  const { firstChild } = node;
  if (node.textContent === text) {
    return;
  }
  if (firstChild instanceof Text && firstChild === node.lastChild) {
    firstChild.data = text;
  } else {
    node.textContent = text;
  }
}

/**
 * Hides or shows, only where it differs: to hide what is hidden has the browser
 * compute its style again.
 *
 * @param {Element} node
 * @param {boolean} isHidden
 */
export function setHidden(node, isHidden) {
  node.toggleAttribute("hidden", isHidden);
}

/**
 * @param {Element} node
 * @param {string} name
 * @param {string | null} value null takes it away
 */
export function setAttribute(node, name, value) {
  if (value === null) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}

/**
 * @param {Element} root an element with an icon in it
 * @param {string} name of a symbol in the sprite
 */
export function setIcon(root, name) {
  const use = root.querySelector("use");
  if (use) {
    setAttribute(use, "href", `${SPRITE}#${name}`);
  }
}

/**
 * Names a control by text for assistive technology, and as a hint for the mouse.
 *
 * @param {Element} control
 * @param {string} text
 */
export function setLabel(control, text) {
  setAttribute(control, "aria-label", text);
  setAttribute(control, "title", text);
}

/**
 * Calls `handler` with the detail of each `type` event until `signal` ends it.
 *
 * @param {EventTarget} target
 * @param {string} type
 * @param {(detail: any) => void} handler
 * @param {AbortSignal} signal
 */
export function listen(target, type, handler, signal) {
  target.addEventListener(
    type,
    (event) => handler(event instanceof CustomEvent ? event.detail : undefined),
    { signal },
  );
}

/**
 * Calls `handler` when the button is activated.
 *
 * @param {ParentNode} root
 * @param {string} selector
 * @param {() => void} handler
 * @param {AbortSignal} signal
 * @returns {HTMLButtonElement}
 */
export function onPress(root, selector, handler, signal) {
  const button = find(root, selector, HTMLButtonElement);
  button.addEventListener("click", () => handler(), { signal });
  return button;
}

/**
 * Calls `handler` whenever the page is seen again.
 *
 * @param {() => void} handler
 * @param {AbortSignal} signal
 */
export function onReturn(handler, signal) {
  const change = () => {
    if (document.visibilityState === "visible") {
      handler();
    }
  };
  document.addEventListener("visibilitychange", change, { signal });
}

/** Gives the focus that has lost its place to the heading of the view. */
export function focusHeading() {
  const heading = `#main [id^="view-"]:not([hidden]) h1`;
  find(document, heading, HTMLElement).focus();
}

/**
 * Changes what is shown there; the focus does not get lost by that.
 *
 * @param {HTMLElement} root
 * @param {() => void} change
 */
export function keepFocus(root, change) {
  const hadFocus = root.contains(document.activeElement);
  change();
  const now = document.activeElement;
  const isThere = root.contains(now) && now?.getClientRects().length;
  if (hadFocus && !isThere) {
    focusHeading();
  }
}
