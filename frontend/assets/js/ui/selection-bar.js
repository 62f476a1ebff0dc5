import { find, listen, onPress, setLabel, setText } from "./dom.js";
import { after } from "./timers.js";
import { isActive } from "./upload-batch.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").LibraryRow} LibraryRow */

const PAUSE_MS = 700;

/**
 * What can be done with the recordings that are chosen, while any are.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./announcer.js").Announcer} options.announcer
 * @param {import("./ports.js").LibraryActions} options.actions
 * @param {import("./selection.js").Selection} options.selection
 * @param {{isBusy: boolean, make: (rows: readonly LibraryRow[]) => Promise<void>}} options.zipping
 * @param {() => void} options.onLeave it is gone, and had the focus
 * @param {AbortSignal} options.signal
 */
export function mountSelectionBar(root, options) {
  const { messages, announcer, actions, selection, zipping, signal } = options;
  const bar = find(root, ".selection-bar", HTMLElement);
  const text = find(bar, ".selection-text", HTMLElement);
  /** @type {readonly LibraryRow[]} */
  let rows = [];
  let callOff = () => {};

  const chosen = () => rows.filter(({ id }) => selection.has(id));
  const upload = onPress(
    bar,
    ".upload-chosen",
    () =>
      chosen()
        .filter(isOnlyHere)
        .forEach(({ id }) => actions.upload(id)),
    signal,
  );
  const zip = onPress(
    bar,
    ".zip-chosen",
    () => void zipping.make(chosen().filter(isWhole)),
    signal,
  );
  const remove = onPress(
    bar,
    ".delete-chosen",
    () => actions.discardAll(chosen()),
    signal,
  );
  const ofTrash = mountTrashVerbs(bar, { actions, chosen, signal });
  const all = onPress(bar, ".choose-all", () => selection.all(), signal);
  const none = onPress(bar, ".choose-none", () => selection.clear(), signal);
  bar.addEventListener(
    "keydown",
    ({ key }) => {
      if (key === "Escape") {
        selection.clear();
      }
    },
    { signal },
  );

  function write() {
    const { count } = selection;
    const hadFocus = bar.contains(document.activeElement);
    bar.hidden = count === 0;
    setText(text, messages.text("selection.count", { count }));
    const isTrash = rows.some(({ trashed }) => trashed);
    upload.hidden = !chosen().some(isOnlyHere);
    zip.hidden = zipping.isBusy || !chosen().some(isWhole);
    remove.hidden = isTrash;
    ofTrash.forEach((button) => (button.hidden = !isTrash));
    all.hidden = rows.every(
      ({ id, state }) => state === "recording" || selection.has(id),
    );
    setLabel(none, messages.text("selection.none"));
    if (hadFocus && bar.hidden) {
      options.onLeave();
    } else if (hadFocus && isHidden(document.activeElement)) {
      none.focus();
    }
  }

  function say() {
    const { count } = selection;
    const key = count === 0 ? "selection.noneSaid" : "selection.count";
    announcer.say(messages.text(key, { count }));
  }

  function follow() {
    write();
    callOff();
    callOff = after(PAUSE_MS, say, signal);
  }

  listen(selection, "changed", follow, signal);
  return {
    /** @param {readonly LibraryRow[]} shown */
    update(shown) {
      rows = shown;
      write();
    },
  };
}

/**
 * @param {HTMLElement} bar
 * @param {object} options
 * @param {import("./ports.js").LibraryActions} options.actions
 * @param {() => readonly LibraryRow[]} options.chosen
 * @param {AbortSignal} options.signal
 * @returns {HTMLButtonElement[]} for what is in the trash
 */
function mountTrashVerbs(bar, { actions, chosen, signal }) {
  const restore = () => actions.restore(chosen());
  const purge = () => actions.purge(chosen());
  return [
    onPress(bar, ".restore-chosen", restore, signal),
    onPress(bar, ".purge-chosen", purge, signal),
  ];
}

/** @param {LibraryRow} row */
const isWhole = ({ state, trashed }) => state === "finished" && !trashed;

/** @param {Element | null} node */
function isHidden(node) {
  return node instanceof HTMLElement && node.hidden;
}

/** @param {LibraryRow} row whether it can be sent, and is not being sent */
export function isOnlyHere(row) {
  const { state, onDevice, onServer, trashed } = row;
  const isHere = state === "finished" && onDevice && !onServer && !trashed;
  return isHere && !isActive(row);
}
