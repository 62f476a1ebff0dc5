import { StudioError, codeOf } from "../core/errors.js";
import { mountConfirmDialog } from "./confirm.js";
import { createRemovals, offerUndo } from "./removals.js";

/** @typedef {import("./ports.js").LibraryRow} LibraryRow */
/** @typedef {{id: string, name: string}} Named */
/** @typedef {Map<string, LibraryRow>} Deleted */

/**
 * What was deleted on this device.
 *
 * @typedef {object} Trash
 * @property {() => Promise<{id: string}[]>} list
 * @property {(id: string) => Promise<boolean>} restore false: it is gone already
 * @property {(ids: readonly string[]) => Promise<void>} purgeAll
 * @property {(ids: readonly string[]) => Promise<number>} bytes
 */

/**
 * @typedef {object} DeletingParts
 * @property {{removeEverywhere: (id: string) => Promise<void>, trash: Trash}} recordings
 * @property {import("./ports.js").Preferences} preferences
 * @property {import("../core/messages.js").Messages} messages
 * @property {import("./toasts.js").Toasts} toasts
 * @property {(id: string) => Promise<(() => void) | null>} acquireTake
 * @property {AbortSignal} signal
 */

/**
 * Deletes recordings everywhere, after a while in which that can be undone, and none
 * that another page is writing by then; and what can be done with them in the trash.
 *
 * @param {HTMLElement} root
 * @param {DeletingParts} parts
 */
export function mountDeleting(root, parts) {
  const { recordings, preferences, toasts, acquireTake, signal } = parts;
  /** @param {string} id */
  async function remove(id) {
    const release = await acquireTake(id);
    if (!release) {
      throw new StudioError("TAKE_BUSY");
    }
    await recordings.removeEverywhere(id).finally(release);
  }
  const now = () => Date.now();
  const onFault = (/** @type {unknown} */ error) =>
    toasts.fault(codeOf(error, "UNKNOWN"));
  const options = { preferences, remove, onFault, now, signal };
  const removals = createRemovals(options);
  offerUndo({ ...parts, removals, now });
  const { ask } = mountConfirmDialog(root, { signal });
  return { removals, trash: createTrashVerbs({ ...parts, removals, ask }) };
}

/**
 * @param {object} options
 * @param {{trash: Trash}} options.recordings
 * @param {Pick<import("./removals.js").Removals, "has" | "undo" | "hasten">} options.removals
 * @param {import("../core/messages.js").Messages} options.messages
 * @param {Pick<import("./toasts.js").Toasts, "show">} options.toasts
 * @param {import("./confirm.js").ConfirmDialog["ask"]} options.ask
 */
export function createTrashVerbs(options) {
  const { removals, messages, toasts, ask } = options;
  const { trash } = options.recordings;

  /** @param {string} kind of news @param {readonly Named[]} rows */
  function tell(kind, rows) {
    const [{ name }] = rows;
    const text =
      rows.length === 1
        ? messages.text(`trash.${kind}`, { name })
        : messages.text(`trash.${kind}All`, { count: rows.length });
    toasts.show({ text });
  }

  /** @param {Named} row what is being deleted is still where it was */
  async function bringBack({ id }) {
    const isPending = removals.has(id);
    // Also what a page that was closed has left noted: it would be deleted again.
    await removals.undo(id);
    return isPending || trash.restore(id);
  }

  /** @param {readonly Named[]} rows */
  async function isWished(rows) {
    const size = messages.bytes(await trash.bytes(rows.map(({ id }) => id)));
    const [{ name }] = rows;
    const title =
      rows.length === 1
        ? messages.text("trash.askOne", { name })
        : messages.text("trash.askAll", { count: rows.length });
    const text = messages.text("trash.askText", { size });
    return ask({ title, text, go: messages.text("action.purge") });
  }

  return {
    /** @param {readonly Named[]} rows */
    async restore(rows) {
      const back = [];
      for (const row of rows) {
        back.push(...((await bringBack(row)) ? [row] : []));
      }
      if (back.length > 0) {
        tell("restored", back);
      }
    },

    /** @param {readonly Named[]} rows */
    async purge(rows) {
      if (await isWished(rows)) {
        await removals.hasten(...rows.map(({ id }) => id));
        // What another page goes on with meanwhile has not come there.
        const there = new Set((await trash.list()).map(({ id }) => id));
        const going = rows.filter(({ id }) => there.has(id));
        await trash.purgeAll(going.map(({ id }) => id));
        if (going.length > 0) {
          tell("purged", going);
        }
      }
    },
  };
}
