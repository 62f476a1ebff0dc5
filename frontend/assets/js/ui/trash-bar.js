import { find, onPress } from "./dom.js";

/** @typedef {import("./ports.js").LibraryRow} LibraryRow */

/**
 * What the trash is, and how it is emptied, above what is in it.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Pick<import("./ports.js").LibraryActions, "purge">} options.actions
 * @param {AbortSignal} options.signal
 */
export function mountTrashBar(root, { actions, signal }) {
  const bar = find(root, ".trash-bar", HTMLElement);
  /** @type {readonly LibraryRow[]} */
  let rows = [];
  onPress(bar, ".empty-trash", () => actions.purge(rows), signal);
  return {
    /** @param {readonly LibraryRow[]} all of it; none while something else is shown */
    update(all) {
      rows = all;
      bar.hidden = all.length === 0;
    },
  };
}
