import { find, listen } from "./dom.js";
import { createPaces } from "./pace.js";
import { mountRowKeys } from "./row-keys.js";
import { mountRowSelecting } from "./row-selecting.js";
import { createRowStack } from "./row-stack.js";
import { hasControls, rowForTab } from "./row-window.js";
import { oncePerFrame } from "./timers.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").LibraryRow} LibraryRow */

const MOST_ROUNDS = 4;

/**
 * The rows themselves. Of a long list only those in sight have elements; they
 * keep them while they last, and the one with the focus keeps its own wherever it
 * lies. One row's controls are in the tab order; keys lead to the others.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./ports.js").LibraryActions} options.actions
 * @param {import("./player.js").Player} options.player
 * @param {import("./selection.js").Selection} options.selection
 * @param {AbortSignal} options.signal
 */
export function mountRowList(root, options) {
  const { player, selection, signal } = options;
  const list = find(root, ".rows", HTMLElement);
  const stack = createRowStack(list, options);
  const paces = createPaces();
  /** @type {readonly LibraryRow[]} */
  let rows = [];
  let index = new Map();
  let reachable = "";
  let isStale = false;

  /** @param {boolean} isNews whether rows that are there may have changed */
  function render(isNews) {
    isStale ||= isNews;
    if (list.getClientRects().length === 0) {
      return;
    }
    const now = Date.now();
    const focused = stack.focused();
    const pinned = focused === null ? undefined : index.get(focused);
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const range = stack.place(rows, pinned);
      reachable = findReachable(pinned, range);
      stack.write(rows, { isNews: isStale, now, paces });
      isStale = false;
      if (!stack.measure()) {
        break;
      }
    }
    stack.setReachable(reachable);
    stack.setChosen(selection);
  }

  /** @param {number | undefined} held the row with the focus @param {{first: number, end: number}} range */
  function findReachable(held, range) {
    if (held !== undefined && hasControls(rows[held])) {
      return rows[held].id;
    }
    const before = index.get(reachable) ?? -1;
    const isThere = before >= range.first && before < range.end;
    const wish = isThere ? before : stack.firstInSight();
    return rows[rowForTab(rows, wish, range)]?.id ?? "";
  }

  /** @param {number} goal @param {string} [part] of the row */
  function focusRow(goal, part) {
    const { id } = rows[goal];
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      stack.pin(rows, goal);
      stack.write(rows, { isNews: false, now: Date.now(), paces });
      stack.measure();
      stack.nodeOf(id)?.node.scrollIntoView({ block: "nearest" });
    }
    stack.nodeOf(id)?.focus(part);
    render(false);
  }

  const refresh = oncePerFrame(() => render(true), signal);
  const move = oncePerFrame(() => render(false), signal);
  mountRowKeys(list, {
    count: () => rows.length,
    indexOf: (id) => index.get(id) ?? 0,
    page: () => stack.countInSight(),
    focusRow,
    signal,
  });
  mountRowSelecting(list, {
    selection,
    beside: (id, step) => rows[(index.get(id) ?? 0) + step]?.id ?? null,
    focusRow: (id, part) => focusRow(index.get(id) ?? 0, part),
    signal,
  });
  listen(selection, "changed", move, signal);
  list.addEventListener("focusin", move, { signal });
  followSizes(list, { stack, onMove: move, signal });
  listen(
    player,
    "changed",
    onChangeOf(() => `${player.id} ${player.isPlaying}`, refresh),
    signal,
  );

  return {
    /**
     * @param {readonly LibraryRow[]} all
     * @param {readonly LibraryRow[]} shown of them, in this order
     * @param {number} now
     */
    update(all, shown, now) {
      paces.note(all, now);
      const focused = stack.focused();
      const place = focused === null ? -1 : index.get(focused);
      rows = shown;
      index = new Map(rows.map(({ id }, at) => [id, at]));
      render(true);
      if (focused !== null && !index.has(focused)) {
        leaveFocus(place);
      }
    },

    /** Takes the focus that has nowhere else to go. */
    focus: () => leaveFocus(index.get(reachable) ?? 0),
  };

  /** @param {number} place of the row that had it, or would have it now */
  function leaveFocus(place) {
    if (rows.length > 0) {
      focusRow(Math.min(place, rows.length - 1));
    } else {
      find(root, "h1", HTMLElement).focus();
    }
  }
}

/**
 * @param {HTMLElement} list
 * @param {object} options
 * @param {ReturnType<typeof createRowStack>} options.stack
 * @param {() => void} options.onMove
 * @param {AbortSignal} options.signal
 */
function followSizes(list, { stack, onMove, signal }) {
  let width = 0;
  const sizes = new ResizeObserver(() => {
    if (list.clientWidth !== width) {
      width = list.clientWidth;
      stack.forget();
      stack.repaint();
      onMove();
    }
  });
  sizes.observe(list);
  const themes = new MutationObserver(stack.repaint);
  themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  signal.addEventListener(
    "abort",
    () => {
      sizes.disconnect();
      themes.disconnect();
    },
    { once: true },
  );
  document.addEventListener("scroll", onMove, {
    capture: true,
    passive: true,
    signal,
  });
  globalThis.addEventListener("resize", onMove, { signal });
}

/**
 * @param {() => string} read
 * @param {() => void} act
 * @returns {() => void} acts only if what is read has changed
 */
function onChangeOf(read, act) {
  let before = read();
  return () => {
    const now = read();
    if (now !== before) {
      before = now;
      act();
    }
  };
}
