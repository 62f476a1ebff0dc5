import { find, listen } from "./dom.js";
import { createPaces } from "./pace.js";
import { createRecordingRow } from "./recording-row.js";
import { oncePerFrame } from "./timers.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").LibraryRow} LibraryRow */

/**
 * The rows themselves.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./ports.js").Actions} options.actions
 * @param {import("./recording-row.js").Renaming} options.renaming
 * @param {import("./player.js").Player} options.player
 * @param {AbortSignal} options.signal
 */
export function mountRowList(
  root,
  { messages, actions, renaming, player, signal },
) {
  const list = find(root, ".rows", HTMLElement);
  /** @type {Map<string, ReturnType<typeof createRecordingRow>>} */
  const nodes = new Map();
  /** @type {readonly LibraryRow[]} */
  let rows = [];
  const paces = createPaces();
  const update = oncePerFrame(() => render(Date.now()), signal);

  /** @param {number} now */
  function render(now) {
    keepFocus(root, list, () => {
      dropGone(nodes, rows);
      rows.forEach((row, index) => {
        const node =
          nodes.get(row.id) ??
          createRecordingRow({ messages, actions, renaming });
        nodes.set(row.id, node);
        if (list.children[index] !== node.node) {
          list.insertBefore(node.node, list.children[index] ?? null);
        }
        const secondsLeft = paces.secondsLeft(row, now);
        node.update(row, player, { now, secondsLeft });
      });
    });
  }

  const observer = new ResizeObserver(() =>
    nodes.forEach((node) => node.repaint()),
  );
  observer.observe(list);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  const themes = new MutationObserver(() =>
    nodes.forEach((node) => node.repaint()),
  );
  themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  signal.addEventListener("abort", () => themes.disconnect(), { once: true });
  listen(
    player,
    "changed",
    onChangeOf(() => `${player.id} ${player.isPlaying}`, update),
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
      rows = shown;
      render(now);
    },
  };
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

/**
 * @param {Map<string, ReturnType<typeof createRecordingRow>>} nodes
 * @param {readonly LibraryRow[]} rows
 */
function dropGone(nodes, rows) {
  const ids = new Set(rows.map(({ id }) => id));
  for (const [id, node] of nodes) {
    if (!ids.has(id)) {
      node.remove();
      nodes.delete(id);
    }
  }
}

/**
 * When the row that has the focus goes, the next row's first button gets it, or
 * the view's title.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} list
 * @param {() => void} change
 */
function keepFocus(root, list, change) {
  const rows = [...list.children];
  const focused = document.activeElement;
  const index = rows.findIndex((row) => row.contains(focused));
  change();
  if (index >= 0 && !list.contains(document.activeElement)) {
    const row = list.children[Math.min(index, list.children.length - 1)];
    const next = row?.querySelector("button") ?? find(root, "h1", HTMLElement);
    next.focus();
  } else if (
    index >= 0 &&
    focused instanceof HTMLElement &&
    document.activeElement !== focused
  ) {
    focused.focus();
  }
}
