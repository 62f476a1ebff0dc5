import { keysOf, pressOf } from "./keys.js";

/** @typedef {import("./selection.js").Selection} Selection */

/**
 * How rows are chosen: by their boxes, with Shift a range; by keys Shift with Up
 * and Down, Ctrl+A all, Esc none.
 *
 * @param {HTMLElement} list
 * @param {object} options
 * @param {Selection} options.selection
 * @param {(id: string, step: number) => string | null} options.beside the row that
 *   many places on
 * @param {(id: string, part: string) => void} options.focusRow
 * @param {AbortSignal} options.signal
 */
export function mountRowSelecting(list, options) {
  const { selection, beside, focusRow, signal } = options;

  /** @param {MouseEvent} event */
  function choose({ target, shiftKey }) {
    const box = target instanceof Element && target.closest(".row-select");
    const id = box ? idOf(box) : null;
    if (id !== null && shiftKey) {
      selection.reach(id);
    } else if (id !== null) {
      selection.toggle(id);
    }
  }

  /** @param {Element} target @param {number} step */
  function extend(target, step) {
    const id = idOf(target);
    const next = id === null ? null : beside(id, step);
    if (id !== null && next !== null) {
      selection.reach(next, id);
      focusRow(next, target.getAttribute("data-action") ?? "select");
    }
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it was a key for this */
  function press(event) {
    const { key, target } = event;
    const pressed = pressOf(event);
    if (keysOf("range").includes(pressed) && target instanceof Element) {
      extend(target, key === "ArrowDown" ? 1 : -1);
    } else if (keysOf("all").includes(pressed)) {
      selection.all();
    } else if (key === "Escape" && selection.count > 0) {
      selection.clear();
    } else {
      return false;
    }
    return true;
  }

  list.addEventListener("click", choose, { signal });
  list.addEventListener(
    "keydown",
    (event) => {
      const { target, altKey, defaultPrevented } = event;
      const isMenus = target instanceof Element && target.closest(".menu");
      if (!altKey && !defaultPrevented && !isMenus && press(event)) {
        event.preventDefault();
      }
    },
    { signal },
  );
}

/** @param {Element} node in a row */
function idOf(node) {
  return node.closest(".row")?.getAttribute("data-id") ?? null;
}
