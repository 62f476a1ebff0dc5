import { keysOf } from "./keys.js";
import { rowByKey } from "./row-window.js";

/**
 * Up and Down lead from row to row, to the same control where the next one has
 * it; Home, End and the page keys further. In an open menu Up and Down stay there.
 *
 * @param {HTMLElement} list
 * @param {object} options
 * @param {() => number} options.count
 * @param {(id: string) => number} options.indexOf
 * @param {() => number} options.page rows in sight
 * @param {(index: number, part: string) => void} options.focusRow
 * @param {AbortSignal} options.signal
 */
export function mountRowKeys(list, { count, indexOf, page, focusRow, signal }) {
  /** @param {KeyboardEvent} event @param {Element} target */
  function follow(event, target) {
    const row = target.closest(".row");
    const from = indexOf(row?.getAttribute("data-id") ?? "");
    const size = { count: count(), page: page() };
    const goal = row && rowByKey(event.key, from, size);
    if (goal !== null) {
      event.preventDefault();
      focusRow(goal, target.getAttribute("data-action") ?? "play");
    }
  }

  list.addEventListener(
    "keydown",
    (event) => {
      const { target, altKey, ctrlKey, metaKey, shiftKey } = event;
      const isOurs = keysOf("rows").includes(event.key);
      if (!isOurs || altKey || ctrlKey || metaKey || shiftKey) {
        return;
      }
      if (target instanceof Element && !stepInMenu(event, target)) {
        follow(event, target);
      }
    },
    { signal },
  );
}

/**
 * @param {KeyboardEvent} event
 * @param {Element} target
 * @returns {boolean} whether it was one for the menu
 */
function stepInMenu(event, target) {
  const menu = target.closest(".menu");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!menu || step === undefined) {
    return menu !== null;
  }
  event.preventDefault();
  const buttons = [...menu.querySelectorAll("button")];
  const here = buttons.findIndex((button) => button === target);
  buttons.at((here + step) % buttons.length)?.focus();
  return true;
}
