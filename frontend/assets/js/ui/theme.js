import { find, listen, setAttribute, setLabel } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {"light" | "dark"} Theme */

/**
 * The button that turns the theme over. Until it is pressed the system decides.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./choice.js").Choice<Theme | null>} options.choice null: the
 *   system's
 * @param {AbortSignal} options.signal
 */
export function mountThemeSwitch(root, { messages, choice, signal }) {
  const button = find(root, ".theme", HTMLButtonElement);
  const system = matchMedia("(prefers-color-scheme: dark)");
  const shown = () => choice.value ?? (system.matches ? "dark" : "light");

  function update() {
    setAttribute(document.documentElement, "data-theme", choice.value);
    const isDark = shown() === "dark";
    setLabel(button, messages.text(isDark ? "theme.toLight" : "theme.toDark"));
  }

  button.addEventListener(
    "click",
    () => void choice.choose(shown() === "dark" ? "light" : "dark"),
    { signal },
  );
  listen(choice.changes, "changed", update, signal);
  listen(system, "change", update, signal);
  listen(messages.changes, "changed", update, signal);
  update();
  return { update };
}
