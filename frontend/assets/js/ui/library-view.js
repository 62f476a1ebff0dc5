import { find, listen, setText } from "./dom.js";
import { mountLibraryStates } from "./library-states.js";
import { mountLibraryTools } from "./library-tools.js";
import { mountLookAgain } from "./look-again.js";
import { mountRowList } from "./row-list.js";
import { queryRows } from "./row-query.js";
import { mountSelectionBar } from "./selection-bar.js";
import { Selection } from "./selection.js";
import { oncePerFrame } from "./timers.js";
import { mountTrashBar } from "./trash-bar.js";
import { mountUploadBar } from "./upload-bar.js";
import { mountZipBar } from "./zip-bar.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").LibraryRow} LibraryRow */

/**
 * The list of recordings, on this device and on the server. Rows keep their
 * elements while they last, so focus stays where it is.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./announcer.js").Announcer} options.announcer
 * @param {import("./ports.js").LibraryActions} options.actions
 * @param {import("./player.js").Player} options.player
 * @param {import("./toasts.js").Toasts} options.toasts
 * @param {import("./ports.js").Zip} options.zip
 * @param {EventTarget & {online: boolean | null}} options.reachability
 * @param {import("./ports.js").ListSource} options.recordings
 * @param {import("./ports.js").Preferences} options.preferences
 * @param {import("./library-choices.js").LibraryChoices} options.choices
 * @param {AbortSignal} options.signal
 */
export function mountLibraryView(root, { recordings, ...options }) {
  const { messages, actions, reachability, signal } = options;
  const summary = find(root, ".library-summary", HTMLElement);
  /** @type {readonly LibraryRow[] | null} not known yet */
  let rows = null;
  /** @type {readonly LibraryRow[]} */
  let trash = [];
  /** @type {string | null} */
  let fault = null;
  const bar = mountUploadBar(root, { messages, actions, signal });
  const trashBar = mountTrashBar(root, { actions, signal });
  const update = oncePerFrame(render, signal);
  const selection = new Selection();
  const list = mountRowList(root, { ...options, selection });
  const zipping = mountZipBar(root, { ...options, onChange: update });
  const chosen = mountSelectionBar(root, {
    ...options,
    selection,
    zipping,
    onLeave: () => list.focus(),
  });
  const tools = mountLibraryTools(root, {
    ...options,
    sort: options.choices.librarySort,
    onSort: (sort) => void options.preferences.set("librarySort", sort),
    onChange: update,
  });
  const states = mountLibraryStates(root, {
    messages,
    onRetry: () => void recordings.refresh(),
    onClear: tools.clear,
    signal,
  });

  function render() {
    const all = rows ?? [];
    const now = Date.now();
    const { query } = tools;
    const { locale } = messages;
    const { shown, counts } = queryRows(all, query, locale, trash);
    const isTrash = query.filter === "trash";
    const isUseful = all.length + trash.length > 0 || isTrash;
    bar.update(all, now);
    tools.update({ counts, shown: shown.length, isUseful });
    trashBar.update(isTrash ? trash : []);
    states.update({
      known: rows && rows.length,
      shown: shown.length,
      fault,
      server: recordings.serverState,
      online: reachability.online,
      trash: isTrash ? trash.length : null,
    });
    selection.show(shown);
    list.update(all, shown, now);
    chosen.update(shown);
    setText(summary, summaryText(messages, isTrash ? trash : all, shown));
  }

  const refresh = () => recordings.refresh();
  mountLookAgain(root, { refresh, reachability, signal });
  listen(reachability, "changed", update, signal);
  listen(messages.changes, "changed", render, signal);

  return {
    /** @param {readonly LibraryRow[]} next @param {readonly LibraryRow[]} deleted */
    update(next, deleted) {
      rows = next;
      trash = deleted;
      fault = null;
      update();
    },

    /** @param {string} code why the list could not be read */
    fail(code) {
      fault = code;
      update();
    },
  };
}

/**
 * @param {Messages} messages
 * @param {readonly LibraryRow[]} rows
 * @param {readonly LibraryRow[]} shown
 */
function summaryText(messages, rows, shown) {
  if (rows.length === 0) {
    return "";
  }
  if (shown.length < rows.length) {
    const all = messages.number(rows.length);
    return messages.text("library.part", { count: shown.length, all });
  }
  const ms = rows.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
  const time = messages.clock(ms / 1000);
  return messages.text("library.summary", { count: rows.length, time });
}
