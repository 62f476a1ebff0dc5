import { find, listen, setLabel } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {"light" | "dark"} Theme */

/**
 * The button that turns the theme over. Until it is pressed the system decides.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {Theme | null} options.chosen what the person chose before
 * @param {(theme: Theme) => void} options.onChoose
 * @param {AbortSignal} options.signal
 */
export function mountThemeSwitch(root, { messages, chosen, onChoose, signal }) {
  const button = find(root, ".theme", HTMLButtonElement);
  const system = matchMedia("(prefers-color-scheme: dark)");
  let choice = chosen;
  const shown = () => choice ?? (system.matches ? "dark" : "light");

  function update() {
    if (choice !== null) {
      document.documentElement.dataset.theme = choice;
    }
    const isDark = shown() === "dark";
    setLabel(button, messages.text(isDark ? "theme.toLight" : "theme.toDark"));
  }

  button.addEventListener(
    "click",
    () => {
      choice = shown() === "dark" ? "light" : "dark";
      update();
      onChoose(choice);
    },
    { signal },
  );
  listen(system, "change", update, signal);
  listen(messages.changes, "changed", update, signal);
  update();
  return { update };
}
