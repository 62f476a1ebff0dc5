/**
 * The verbs of the interface, each with what is said when it fails.
 *
 * @module
 */
import { dateFormat } from "../core/intl.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").Actions} Actions */
/** @typedef {import("./ports.js").Destination} Destination */
/** @typedef {{id: string, name: string}} Named */

/**
 * @typedef {object} ActionParts
 * @property {Messages} messages
 * @property {import("./toasts.js").Toasts} toasts
 * @property {import("./player.js").Player} player
 * @property {import("./removals.js").Removals} removals
 * @property {RecorderVerbs | null} recorder null where recording is impossible
 * @property {LibraryVerbs} library
 * @property {(error: unknown) => string} codeOf
 */

/**
 * @typedef {object} RecorderVerbs
 * @property {() => Promise<unknown>} arm
 * @property {(wishes: import("./ports.js").SoundWishes) => unknown} choose
 * @property {(options: {name: string, wanted: Destination}) => Promise<unknown>} start
 * @property {(row: import("./ports.js").Interrupted) => Promise<unknown>} goOn
 * @property {() => unknown} pause
 * @property {() => unknown} resume
 * @property {() => Promise<unknown>} stop
 * @property {(moment: {frame?: number, text?: string}) => unknown} mark
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
 * @param {ActionParts} parts
 * @returns {Actions}
 */
export function createActions(parts) {
  const { messages, toasts, player, removals, recorder, library } = parts;

  /** @param {() => unknown} act @param {() => void} [retry] */
  async function attempt(act, retry) {
    try {
      await act();
    } catch (error) {
      const offer = retry && {
        action: messages.text("action.retry"),
        onAction: retry,
      };
      toasts.fault(parts.codeOf(error), offer);
    }
  }

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
      removals.addAll(rows.map(({ id, name }) => ({ id, name }))),
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
  const arm = () => void attempt(() => recorder?.arm(), arm);
  return {
    arm,
    choose: (wishes) => void attempt(() => recorder?.choose(wishes)),
    start: (wanted) =>
      void attempt(() => {
        player.close();
        return recorder?.start({ name: defaultName(messages), wanted });
      }),
    goOn: (row) =>
      void attempt(async () => {
        player.close();
        await removals.undo(row.id);
        return recorder?.goOn(row);
      }),
    stop: () => void attempt(() => recorder?.stop()),
    pause: () => void attempt(() => recorder?.pause()),
    resume: () => void attempt(() => recorder?.resume()),
    mark: (moment) => void attempt(() => recorder?.mark(moment)),
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

/** @param {Messages} messages */
function defaultName(messages) {
  const now = Date.now();
  const options = /** @type {const} */ ({
    dateStyle: "medium",
    timeStyle: "short",
  });
  const date = dateFormat(messages.locale, options).format(now);
  return messages.text("kept.defaultName", { date });
}
