import { codeOf } from "../core/errors.js";
import { listen } from "./dom.js";
import { after } from "./timers.js";

/** @typedef {ReturnType<typeof createRemovals>} Removals */
/** @typedef {{id: string, name: string, onDevice?: boolean}} Removed onDevice: it goes to the trash */
/** @typedef {Removed & {due: number}} Removal */

export const UNDO_MS = 30000;
const PREFERENCE = "removals";

/**
 * Deletions that can still be undone. They are written down, so one that was
 * due while the page was closed, or that failed, happens at the next start.
 *
 * @param {object} options
 * @param {Pick<import("./ports.js").Preferences, "get" | "update">} options.preferences
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

  /** @param {string[]} ids @param {Removal[]} added */
  const replace = (ids, added) =>
    preferences.update(PREFERENCE, (value) => [
      ...rowsIn(value).filter(({ id }) => !ids.includes(id)),
      ...added,
    ]);

  /** @param {string} id another page may have undone it meanwhile */
  async function carryOut(id) {
    try {
      if ((await read()).some((row) => row.id === id)) {
        await remove(id);
        await replace([id], []);
      }
    } catch (error) {
      onFault(error);
      if (codeOf(error, "") === "TAKE_BUSY") {
        await replace([id], []).catch(onFault); // it goes on in another page
      }
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
  }

  /** @param {Removal[]} removals */
  function scheduleAll(removals) {
    if (removals.length > 0) {
      removals.forEach(schedule);
      const detail = { removals };
      changes.dispatchEvent(new CustomEvent("offered", { detail }));
      tell();
    }
  }

  /** @param {Removed[]} rows that go together */
  async function addAll(rows) {
    const due = now() + UNDO_MS;
    const removals = rows.map((row) => ({ ...row, due }));
    const ids = rows.map(({ id }) => id);
    scheduleAll(removals);
    await replace(ids, removals);
  }

  return {
    /**
     * Dispatches `changed`, `added` with each Removal, and `offered` with all
     * {removals} that one press can undo, all until the same time.
     */
    changes,
    /** @param {string} id */
    has: (id) => pending.has(id),
    /** Takes up what an earlier page has left, together what went together. */
    async resume() {
      const removals = await read();
      const dues = new Set(removals.map(({ due }) => due));
      for (const each of dues) {
        scheduleAll(removals.filter(({ due }) => due === each));
      }
    },
    addAll,
    /** @param {string} id @param {string} name */
    add: (id, name) => addAll([{ id, name }]),
    /** Waits no longer. @param {string[]} ids */
    async hasten(...ids) {
      for (const id of ids.filter((one) => pending.has(one))) {
        pending.get(id)?.callOff();
        await carryOut(id);
      }
    },
    /** @param {string[]} ids */
    async undo(...ids) {
      for (const id of ids) {
        pending.get(id)?.callOff();
        pending.delete(id);
      }
      tell();
      await replace(ids, []).catch(onFault);
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
 * Offers to undo deletions as long as that is possible: what went together comes
 * back together.
 *
 * @param {object} options
 * @param {Removals} options.removals
 * @param {import("./toasts.js").Toasts} options.toasts
 * @param {import("../core/messages.js").Messages} options.messages
 * @param {() => number} options.now Unix ms
 * @param {AbortSignal} options.signal
 */
export function offerUndo({ removals, toasts, messages, now, signal }) {
  /** @param {{removals: Removal[]}} offered */
  function offer({ removals: rows }) {
    const [{ name, due }] = rows;
    if (due <= now()) {
      return; // Nothing is left to offer.
    }
    const isLost = rows.some(({ onDevice }) => onDevice === false);
    const text =
      rows.length === 1
        ? messages.text("removal.done", { name })
        : messages.text("removal.doneAll", { count: rows.length });
    const close = toasts.show({
      text: isLost ? messages.text("removal.serverOnly", { text }) : text,
      action: messages.text("action.undo"),
      onAction: () => void removals.undo(...rows.map(({ id }) => id)),
      ms: due - now(),
    });
    closeWithout(rows, close);
  }

  /**
   * Once nothing is left to undo.
   *
   * @param {Removal[]} rows
   * @param {() => void} close
   */
  function closeWithout(rows, close) {
    const end = new AbortController();
    const look = () => {
      if (!rows.some(({ id }) => removals.has(id))) {
        end.abort();
        close();
      }
    };
    const until = AbortSignal.any([signal, end.signal]);
    listen(removals.changes, "changed", look, until);
  }
  listen(removals.changes, "offered", offer, signal);
}
