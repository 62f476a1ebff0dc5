import { find, keepFocus, onPress, setText } from "./dom.js";
import { faultText } from "./toasts.js";

/** @typedef {import("./dom.js").Messages} Messages */

/**
 * What stands in the place of the list, or above it.
 *
 * @typedef {object} Situation
 * @property {number | null} known how many recordings there are; null: not read yet
 * @property {number} shown how many of them are let through
 * @property {string | null} fault why the list could not be read
 * @property {{state: "reading" | "read" | "away" | "failed", code: string | null}} server
 *   how its part of the list was read
 * @property {boolean | null} online
 * @property {number | null} [trash] how many are in the trash, if that is shown
 */

/**
 * @param {Situation} situation
 * @returns {"list" | "loading" | "failed" | "empty" | "nothing" | "trash"}
 */
export function panelFor({
  known,
  shown,
  fault,
  server,
  online,
  trash = null,
}) {
  if (fault !== null && known === null) {
    return "failed";
  }
  if (known !== null && trash !== null) {
    return trash === 0 ? "trash" : listOr("nothing", shown);
  }
  const isReading = server.state === "reading" && online !== false;
  if (known === null || (known === 0 && isReading)) {
    return "loading";
  }
  if (known === 0) {
    return "empty";
  }
  return listOr("nothing", shown);
}

/** @param {"nothing"} panel @param {number} shown */
const listOr = (panel, shown) => (shown === 0 ? panel : "list");

/**
 * What is to be known about the list that is shown.
 *
 * @param {Situation} situation
 * @returns {"offline" | "failed" | null}
 */
export function noteFor({ server, online }) {
  if (online === false) {
    return "offline";
  }
  const isUnread = server.state === "away" && online === true;
  return isUnread || server.state === "failed" ? "failed" : null;
}

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {() => void} options.onRetry read the list again
 * @param {() => void} options.onClear let everything through
 * @param {AbortSignal} options.signal
 */
export function mountLibraryStates(
  root,
  { messages, onRetry, onClear, signal },
) {
  const panels = ["loading", "failed", "empty", "nothing", "trash"].map(
    (name) => ({
      name,
      node: find(root, `.panel-${name}`, HTMLElement),
    }),
  );
  const list = find(root, ".rows", HTMLElement);
  const note = find(root, ".library-note", HTMLElement);
  const noteText = find(note, ".library-note-text", HTMLElement);
  const failedText = find(root, ".panel-failed-text", HTMLElement);
  const again = onPress(note, ".retry", onRetry, signal);
  onPress(root, ".panel-failed .retry", onRetry, signal);
  onPress(root, ".panel-nothing .clear", onClear, signal);

  /** @param {Situation} situation */
  function writeNote(situation) {
    const kind = noteFor(situation);
    note.hidden = kind === null;
    again.hidden = kind !== "failed";
    if (kind !== null) {
      const reason = faultText(messages, situation.server.code ?? "UNKNOWN");
      setText(noteText, messages.text(`library.note.${kind}`, { reason }));
    }
  }

  /** @param {Situation} situation */
  function write(situation) {
    const panel = panelFor(situation);
    panels.forEach(({ name, node }) => {
      node.hidden = name !== panel;
    });
    list.hidden = panel !== "list";
    if (panel === "failed") {
      const code = situation.fault ?? "UNKNOWN";
      setText(failedText, faultText(messages, code));
    }
    writeNote(situation);
  }

  return {
    /** @param {Situation} situation */
    update: (situation) => keepFocus(root, () => write(situation)),
  };
}
