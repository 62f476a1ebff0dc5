import { listen } from "./dom.js";
import { after } from "./timers.js";

/** @typedef {ReturnType<typeof createRemovals>} Removals */
/** @typedef {{id: string, name: string, due: number}} Removal */

export const UNDO_MS = 30000;
const PREFERENCE = "removals";

/**
 * Deletions that can still be undone. They are written down, so one that was
 * due while the page was closed, or that failed, happens at the next start.
 *
 * @param {object} options
 * @param {import("./ports.js").Preferences} options.preferences
 * @param {(id: string) => Promise<void>} options.remove
 * @param {(error: unknown) => void} options.onFault the recording is still there
 * @param {() => number} options.now Unix ms
 * @param {AbortSignal} options.signal
 */
export function createRemovals({ preferences, remove, onFault, now, signal }) {
  const changes = new EventTarget();
  /** @type {Map<string, Removal & {callOff: () => void}>} */
  const pending = new Map();
  const tell = () => changes.dispatchEvent(new Event("changed"));

  /** @returns {Promise<Removal[]>} what all pages have yet to delete */
  const read = async () => rowsIn(await preferences.get(PREFERENCE));

  /** @param {string} id @param {Removal[]} added */
  const replace = (id, added) =>
    preferences.update(PREFERENCE, (value) => [
      ...rowsIn(value).filter((row) => row.id !== id),
      ...added,
    ]);

  /** @param {string} id another page may have undone it meanwhile */
  async function carryOut(id) {
    try {
      if ((await read()).some((row) => row.id === id)) {
        await remove(id);
        await replace(id, []);
      }
    } catch (error) {
      onFault(error);
    }
    pending.delete(id);
    tell();
  }

  /** @param {Removal} removal */
  function schedule(removal) {
    const wait = Math.max(0, removal.due - now());
    const callOff = after(wait, () => carryOut(removal.id), signal);
    pending.set(removal.id, { ...removal, callOff });
    changes.dispatchEvent(new CustomEvent("added", { detail: removal }));
    tell();
  }

  return {
    /** Dispatches `changed`, and `added` with the Removal. */
    changes,
    /** @param {string} id */
    has: (id) => pending.has(id),
    /** Takes up what an earlier page has left. */
    async resume() {
      (await read()).forEach(schedule);
    },
    /** @param {string} id @param {string} name */
    async add(id, name) {
      const removal = { id, name, due: now() + UNDO_MS };
      schedule(removal);
      await replace(id, [removal]);
    },
    /** @param {string} id */
    async undo(id) {
      pending.get(id)?.callOff();
      pending.delete(id);
      tell();
      await replace(id, []).catch(onFault);
    },
  };
}

/**
 * @param {unknown} value as it was stored
 * @returns {Removal[]}
 */
function rowsIn(value) {
  return Array.isArray(value) ? value : [];
}

/**
 * Offers to undo each deletion as long as that is possible.
 *
 * @param {object} options
 * @param {Removals} options.removals
 * @param {import("./toasts.js").Toasts} options.toasts
 * @param {import("../core/messages.js").Messages} options.messages
 * @param {() => number} options.now Unix ms
 * @param {AbortSignal} options.signal
 */
export function offerUndo({ removals, toasts, messages, now, signal }) {
  const offer = (/** @type {Removal} */ { id, name, due }) =>
    void toasts.show({
      text: messages.text("removal.done", { name }),
      action: messages.text("action.undo"),
      onAction: () => void removals.undo(id),
      ms: Math.max(0, due - now()),
    });
  listen(removals.changes, "added", offer, signal);
}
