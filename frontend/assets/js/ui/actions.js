/**
 * The verbs of recordings, each with what is said when it fails.
 *
 * @module
 */
/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").LibraryActions} LibraryActions */
/** @typedef {{id: string, name: string, onDevice?: boolean}} Named */

/**
 * @typedef {object} ActionParts
 * @property {Messages} messages
 * @property {Pick<import("./toasts.js").Toasts, "show">} toasts
 * @property {import("./take-actions.js").Attempt} attempt
 * @property {import("./player.js").Player} player
 * @property {import("./removals.js").Removals} removals
 * @property {TrashVerbs} trash
 * @property {Pick<import("./take-actions.js").RecorderVerbs, "goOn"> | null} recorder null where recording is impossible
 * @property {LibraryVerbs} library
 */

/**
 * @typedef {object} LibraryVerbs
 * @property {(id: string, name: string) => Promise<unknown>} rename
 * @property {(id: string) => Promise<unknown>} download
 * @property {(row: Named) => unknown} downloadAs
 * @property {(id: string) => Promise<unknown>} upload
 * @property {(id: string) => Promise<unknown>} showReceipt
 * @property {(id: string) => unknown} pauseUpload
 * @property {(id: string) => unknown} resumeUpload
 * @property {(id: string) => Promise<unknown>} cancelUpload
 * @property {(id: string) => Promise<unknown>} keepHere
 * @property {(id: string) => unknown} stopKeeping
 * @property {(id: string) => Promise<unknown>} removeHere
 * @property {(id: string) => Promise<unknown>} recover
 * @property {(id: string) => Promise<unknown>} rescue
 */

/**
 * @typedef {object} TrashVerbs
 * @property {(rows: readonly Named[]) => Promise<unknown>} restore
 * @property {(rows: readonly Named[]) => Promise<unknown>} purge
 */

/**
 * @param {ActionParts} parts
 * @returns {LibraryActions}
 */
export function createActions(parts) {
  const { messages, toasts, attempt, player, removals } = parts;
  const { recorder, library } = parts;

  /** @param {readonly Named[]} rows */
  function fallSilent(rows) {
    if (rows.some(({ id }) => player.id === id)) {
      player.close();
    }
  }

  /** @param {readonly Named[]} rows */
  function removeAll(rows) {
    fallSilent(rows);
    void attempt(() =>
      removals.addAll(
        rows.map(({ id, name, onDevice }) => ({ id, name, onDevice })),
      ),
    );
  }

  /** @param {(id: string) => Promise<unknown>} way @param {Named} row */
  async function keep(way, row) {
    fallSilent([row]);
    await removals.undo(row.id); // that another page may have begun
    await way(row.id);
    const { name } = row;
    toasts.show({ text: messages.text("interrupted.kept", { name }) });
  }

  /** @param {Named} row */
  const recover = (row) => void attempt(() => keep(library.recover, row));
  return {
    goOn: (row) =>
      void attempt(async () => {
        player.close();
        await removals.undo(row.id);
        return recorder?.goOn(row);
      }),
    play: (row) => void attempt(() => player.toggle(row)),
    download: (id) => void attempt(() => library.download(id)),
    downloadAs: (row) => void attempt(() => library.downloadAs(row)),
    upload: (id) => void attempt(() => library.upload(id)),
    showReceipt: (id) => void attempt(() => library.showReceipt(id)),
    pauseUpload: (id) => void attempt(() => library.pauseUpload(id)),
    resumeUpload: (id) => void attempt(() => library.resumeUpload(id)),
    cancelUpload: (id) => void attempt(() => library.cancelUpload(id)),
    keepHere: (id) => void attempt(() => library.keepHere(id)),
    stopKeeping: (id) => void attempt(() => library.stopKeeping(id)),
    removeHere(id) {
      if (player.id === id) {
        player.close();
      }
      void attempt(() => library.removeHere(id));
    },
    restore: (rows) => void attempt(() => parts.trash.restore(rows)),
    purge: (rows) => void attempt(() => parts.trash.purge(rows)),
    rename: (id, name) =>
      void attempt(async () => {
        await library.rename(id, name);
        if (player.id === id) {
          player.rename(name);
        }
      }),
    remove: (row) => removeAll([row]),
    discard: (row) => removeAll([row]),
    discardAll: removeAll,
    recover,
    recoverAll: (rows) => rows.forEach(recover),
    rescue: (row) => void attempt(() => keep(library.rescue, row)),
  };
}
