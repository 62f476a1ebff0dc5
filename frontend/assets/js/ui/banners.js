import {
  cloneTemplate,
  find,
  keepFocus,
  listen,
  setAttribute,
  setIcon,
  setText,
} from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {ReturnType<typeof mountBanners>} Banners */

/**
 * A notice that stays as long as it is true. Its texts are functions, so that
 * they follow the language.
 *
 * @typedef {object} Banner
 * @property {string} icon
 * @property {"calm" | "warn"} [tone]
 * @property {() => string} text
 * @property {{label: () => string, isMain?: boolean, press: () => void}[]} actions
 */

/**
 * Notices above the view, one per name.
 *
 * @param {HTMLElement} root
 * @param {{messages: Messages, signal: AbortSignal}} options
 */
export function mountBanners(root, { messages, signal }) {
  /** @type {Map<string, {banner: Banner, node: HTMLElement, end: AbortController}>} */
  const shown = new Map();

  /** @param {{banner: Banner, node: HTMLElement}} entry */
  function write({ banner, node }) {
    setText(find(node, ".banner-text", HTMLElement), banner.text());
    const buttons = node.querySelectorAll("button");
    banner.actions.forEach(({ label }, index) =>
      setText(buttons[index], label()),
    );
  }

  /**
   * What had the focus in the one has it in the other.
   *
   * @param {HTMLElement} before
   * @param {HTMLElement} after
   */
  function replace(before, after) {
    const buttons = [...before.querySelectorAll("button")];
    const place = buttons.findIndex((one) => one === document.activeElement);
    keepFocus(root, () => {
      before.replaceWith(after);
      after.querySelectorAll("button")[place]?.focus();
    });
  }

  /** @param {string} name */
  function remove(name) {
    const entry = shown.get(name);
    entry?.end.abort();
    keepFocus(root, () => entry?.node.remove());
    shown.delete(name);
  }

  /**
   * @param {string} name
   * @param {Banner} banner
   */
  function put(name, banner) {
    const before = shown.get(name);
    const end = new AbortController();
    const node = build(banner, messages, end.signal);
    const entry = { banner, node, end };
    write(entry);
    if (before) {
      before.end.abort();
      replace(before.node, node);
    } else {
      root.append(node);
    }
    shown.set(name, entry);
  }

  listen(messages.changes, "changed", () => shown.forEach(write), signal);
  return { put, remove };
}

/**
 * @param {Banner} banner
 * @param {Messages} messages
 * @param {AbortSignal} signal
 */
function build(banner, messages, signal) {
  const node = cloneTemplate("banner", messages);
  setAttribute(node, "data-tone", banner.tone ?? "calm");
  setIcon(node, banner.icon);
  const place = find(node, ".banner-actions", HTMLElement);
  for (const action of banner.actions) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = action.isMain ? "button is-accent" : "button is-outline";
    button.addEventListener("click", action.press, { signal });
    place.append(button);
  }
  return node;
}
