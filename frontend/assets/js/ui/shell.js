import {
  cloneTemplate,
  find,
  listen,
  setAttribute,
  setIcon,
  setText,
} from "./dom.js";
import { keysOf } from "./keys.js";

/** @typedef {import("./router.js").Router} Router */
/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {{state: import("./later.js").LaterState, changes: EventTarget}} LaterViews */

/** What stands in the place of views that are still being loaded. */
const STAND_IN = "waiting";

/**
 * The frame around the views: which one is shown, the links to them, the
 * title, the way of the focus.
 *
 * @param {HTMLElement} root
 * @param {{messages: Messages, router: Router, linked: readonly string[], later: LaterViews, signal: AbortSignal}} options
 */
export function mountShell(root, options) {
  const { messages, router, linked, later, signal } = options;
  const main = find(root, "#main", HTMLElement);
  const list = find(root, ".views ul", HTMLElement);
  const links = linked.map((name) => {
    const item = cloneTemplate("view-link", messages);
    setIcon(item, name);
    list.append(item);
    const link = find(item, "a", HTMLAnchorElement);
    link.href = `#${name}`;
    return { name, link, label: find(item, "span", HTMLElement) };
  });

  /** @param {string} name */
  const focusTitle = (name) =>
    find(viewOf(root, name), "h1", HTMLElement).focus();

  /** The first view is there from the start. */
  function shown() {
    const isThere =
      later.state === "ready" || router.current === router.names[0];
    return isThere ? router.current : STAND_IN;
  }

  function update() {
    for (const { name, link, label } of links) {
      const isCurrent = name === router.current;
      setText(label, messages.text(`view.${name}`));
      setAttribute(link, "aria-current", isCurrent ? "page" : null);
    }
    for (const name of [...router.names, STAND_IN]) {
      viewOf(root, name).hidden = name !== shown();
    }
    const view = messages.text(`view.${router.current}`);
    setText(find(viewOf(root, STAND_IN), "h1", HTMLElement), view);
    document.title = messages.text("shell.title", { view });
  }

  listen(
    router.changes,
    "changed",
    () => {
      update();
      main.scrollTop = 0;
      focusTitle(shown());
    },
    signal,
  );
  listen(
    later.changes,
    "changed",
    () => {
      const hadFocus = viewOf(root, STAND_IN).contains(document.activeElement);
      update();
      if (hadFocus) {
        focusTitle(shown());
      }
    },
    signal,
  );
  listen(messages.changes, "changed", update, signal);
  leadFocus(root, main, signal);
  update();
  return { update };
}

/** @param {HTMLElement} root @param {string} name */
function viewOf(root, name) {
  return find(root, `#view-${name}`, HTMLElement);
}

/**
 * The skip link, and F6 from region to region.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} main
 * @param {AbortSignal} signal
 */
function leadFocus(root, main, signal) {
  find(root, ".skip-link", HTMLAnchorElement).addEventListener(
    "click",
    (event) => {
      event.preventDefault();
      main.focus();
    },
    { signal },
  );
  root.addEventListener(
    "keydown",
    (event) => {
      if (keysOf("region").includes(event.key)) {
        event.preventDefault();
        nextRegion(root, event.shiftKey ? -1 : 1)?.focus();
      }
    },
    { signal },
  );
}

/**
 * @param {HTMLElement} root
 * @param {number} step
 * @returns {HTMLElement | undefined}
 */
function nextRegion(root, step) {
  const regions = [...root.querySelectorAll("[data-region]")].filter(
    (region) => region instanceof HTMLElement && !region.hidden,
  );
  const here = regions.findIndex((region) =>
    region.contains(document.activeElement),
  );
  const next = regions.at((here + step) % regions.length);
  return next && entryOf(next);
}

/**
 * What takes the focus in a region: itself if it can, else its first control.
 *
 * @param {Element} region
 * @returns {HTMLElement | undefined}
 */
function entryOf(region) {
  const controls = region.querySelectorAll("a[href], button");
  const isFit = (/** @type {Element} */ node) =>
    node instanceof HTMLElement && node.getClientRects().length > 0;
  return /** @type {HTMLElement | undefined} */ (
    region.hasAttribute("tabindex") ? region : [...controls].find(isFit)
  );
}
