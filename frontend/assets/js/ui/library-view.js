import { find, listen, setText } from "./dom.js";
import { createPaces } from "./pace.js";
import { createRecordingRow } from "./recording-row.js";
import { oncePerFrame } from "./timers.js";
import { mountUploadBar } from "./upload-bar.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").LibraryRow} LibraryRow */

/**
 * The list of recordings, on this device and on the server. Rows keep their
 * elements while they last, so focus stays where it is.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./ports.js").Actions} options.actions
 * @param {import("./recording-row.js").Renaming} options.renaming
 * @param {import("./player.js").Player} options.player
 * @param {EventTarget & {online: boolean | null}} options.reachability
 * @param {AbortSignal} options.signal
 */
export function mountLibraryView(
  root,
  { messages, actions, renaming, player, reachability, signal },
) {
  const list = find(root, ".rows", HTMLElement);
  const empty = find(root, ".empty", HTMLElement);
  const note = find(root, ".library-note", HTMLElement);
  const summary = find(root, ".library-summary", HTMLElement);
  /** @type {Map<string, ReturnType<typeof createRecordingRow>>} */
  const nodes = new Map();
  /** @type {readonly LibraryRow[] | null} not known yet */
  let rows = null;
  const paces = createPaces();
  const bar = mountUploadBar(root, { messages, actions, signal });
  const update = oncePerFrame(render, signal);

  function render() {
    if (rows !== null) {
      renderRows(rows);
    }
    note.hidden = reachability.online !== false;
  }

  /** @param {readonly LibraryRow[]} rows */
  function renderRows(rows) {
    const now = Date.now();
    paces.note(rows, now);
    bar.update(rows, now);
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
    list.hidden = rows.length === 0;
    empty.hidden = rows.length > 0;
    setText(summary, rows.length === 0 ? "" : summaryText(messages, rows));
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
  listen(reachability, "changed", update, signal);
  listen(messages.changes, "changed", render, signal);

  return {
    /** @param {readonly LibraryRow[]} next */
    update(next) {
      rows = next;
      update();
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

/**
 * @param {Messages} messages
 * @param {readonly LibraryRow[]} rows
 */
function summaryText(messages, rows) {
  const ms = rows.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
  const time = messages.clock(ms / 1000);
  return messages.text("library.summary", { count: rows.length, time });
}
