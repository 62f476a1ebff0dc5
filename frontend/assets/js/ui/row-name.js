import { find, setAttribute, setText } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */

/**
 * A recording's name in its row, and the field that takes its place to change it.
 * Enter and leaving the field keep what is written, Esc and nothing at all do not.
 *
 * @param {HTMLElement} row
 * @param {object} options
 * @param {Messages} options.messages
 * @param {(name: string) => void} options.onName
 * @param {() => void} options.onLeave takes the focus, which the field had
 * @param {AbortSignal} options.signal
 */
export function mountRowName(row, { messages, onName, onLeave, signal }) {
  const heading = find(row, ".row-name", HTMLElement);
  const field = find(row, ".row-rename", HTMLInputElement);
  let shown = "";

  /** @param {boolean} isOpen */
  function open(isOpen) {
    heading.hidden = isOpen;
    field.hidden = !isOpen;
  }

  /** @param {boolean} isKept */
  function end(isKept) {
    const name = field.value.trim();
    open(false);
    if (isKept && name !== "" && name !== shown) {
      onName(name);
    }
  }

  /** The list's keys are the field's own meanwhile. @param {KeyboardEvent} event */
  function press(event) {
    event.stopPropagation();
    const isEnd = event.key === "Enter" || event.key === "Escape";
    if (isEnd && !event.isComposing) {
      event.preventDefault();
      end(event.key === "Enter");
      onLeave();
    }
  }

  field.addEventListener("keydown", press, { signal });
  field.addEventListener(
    "blur",
    () => {
      // With the window gone to the back it is still the one with the focus.
      if (!field.hidden && document.activeElement !== field) {
        end(true);
      }
    },
    { signal },
  );

  return {
    /** @param {string} name */
    update(name) {
      shown = name;
      setText(heading, name);
      setAttribute(field, "aria-label", messages.text("row.name", { name }));
    },
    edit() {
      field.value = shown;
      open(true);
      field.focus();
      field.select();
    },
  };
}
