import { formatName } from "../core/audio-formats.js";
import { dateFormat } from "../core/intl.js";
import { badgeOf } from "./badge.js";
import {
  cloneTemplate,
  find,
  onPress,
  setAttribute,
  setIcon,
  setLabel,
  setText,
} from "./dom.js";
import { keysOf, pressOf } from "./keys.js";
import { itemsFor } from "./row-items.js";
import { mountRowMenu } from "./row-menu.js";
import { mountRowName } from "./row-name.js";
import { paintThumbnail } from "./thumbnail.js";
import { faultText } from "./toasts.js";
import { waitingText } from "./waiting.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").LibraryActions} LibraryActions */
/** @typedef {import("./ports.js").LibraryRow} LibraryRow */
/** @typedef {{id: string | null, isPlaying: boolean}} Playing */

const CONTROLS = "button, input";

/**
 * One recording in the library.
 *
 * @param {object} options
 * @param {Messages} options.messages
 * @param {LibraryActions} options.actions
 */
export function createRecordingRow({ messages, actions }) {
  const end = new AbortController();
  const { signal } = end;
  const node = cloneTemplate("row", messages);
  const menu = mountRowMenu(node, { messages, signal });
  const box = find(node, ".row-select", HTMLInputElement);
  const canvas = find(node, ".row-wave", HTMLCanvasElement);
  /** @type {LibraryRow | null} */
  let shown = null;
  /** @type {Uint8Array | null | undefined} */
  let picture;

  /** @type {import("./row-menu.js").MenuItem[]} */
  let items = [];
  const name = mountRowName(node, {
    messages,
    onName: (next) => shown && actions.rename(shown.id, next),
    onLeave: () => focus("more"),
    signal,
  });
  const rename = () => items.find((item) => item.name === "rename")?.press();
  find(node, ".row-name", HTMLElement).addEventListener("dblclick", rename, {
    signal,
  });
  node.addEventListener(
    "keydown",
    (event) => {
      if (keysOf("rename").includes(pressOf(event))) {
        rename();
      }
    },
    { signal },
  );

  const play = onPress(
    node,
    ".row-play",
    () => shown && actions.play(shown),
    signal,
  );

  /**
   * @param {LibraryRow} row
   * @param {Playing} playing
   * @param {{now: number, secondsLeft: number | null}} moment `secondsLeft` of its
   *   upload, where that can be told
   */
  function update(row, playing, { now, secondsLeft }) {
    const { peaks } = row;
    const isNewPicture = shown === null || !isSame(picture, peaks);
    picture = peaks;
    shown = row;
    setAttribute(node, "data-id", row.id);
    const isPlaying = playing.isPlaying && playing.id === row.id;
    setAttribute(node, "data-playing", String(playing.id === row.id));
    setIcon(play, isPlaying ? "pause" : "play");
    const verb = isPlaying ? "action.pauseName" : "action.playName";
    setLabel(play, messages.text(verb, { name: row.name }));
    setAttribute(
      box,
      "aria-label",
      messages.text("selection.choose", { name: row.name }),
    );
    box.disabled = row.state === "recording";
    play.disabled = box.disabled || row.trashed !== undefined;
    name.update(row.name);
    writeFacts(node, row, messages, now);
    writeBadge(node, row, { messages, secondsLeft });
    items = itemsFor(row, actions, name.edit);
    menu.update(row.name, items);
    if (isNewPicture) {
      requestAnimationFrame(() => paintThumbnail(canvas, peaks));
    }
  }

  /** @param {string} part of the row: `data-action` of a control */
  function focus(part = "play") {
    /** @type {NodeListOf<HTMLButtonElement | HTMLInputElement>} */
    const all = node.querySelectorAll(CONTROLS);
    const controls = [...all].filter(
      (control) => !control.disabled && control.getClientRects().length > 0,
    );
    const named = controls.find(({ dataset }) => dataset.action === part);
    (named ?? controls[0] ?? node).focus({ preventScroll: true });
  }

  return {
    node,
    update,
    focus,
    repaint: () => paintThumbnail(canvas, picture),

    /** @param {boolean} isReachable by Tab */
    setReachable(isReachable) {
      for (const control of node.querySelectorAll(CONTROLS)) {
        /** @type {HTMLElement} */ (control).tabIndex = isReachable ? 0 : -1;
      }
    },

    /** @param {boolean} isChosen */
    setChosen(isChosen) {
      box.checked = isChosen;
    },

    remove() {
      end.abort();
      node.remove();
    },
  };
}

/**
 * @param {Uint8Array | null | undefined} one
 * @param {Uint8Array | null | undefined} other
 */
function isSame(one, other) {
  return (
    one === other ||
    (one?.length === other?.length &&
      Boolean(one?.every((value, index) => value === other?.[index])))
  );
}

/**
 * @param {HTMLElement} node
 * @param {LibraryRow} row
 * @param {Messages} messages
 * @param {number} now
 */
function writeFacts(node, row, messages, now) {
  const length =
    row.durationMs === null
      ? messages.text("library.unknownLength")
      : messages.clock(row.durationMs / 1000);
  setText(find(node, ".row-length", HTMLElement), length);
  setText(
    find(node, ".row-date", HTMLElement),
    row.trashed
      ? messages.text("trash.deleted", {
          date: messages.date(row.trashed.deletedAt, now),
        })
      : messages.date(row.timestamp, now),
  );
  setText(find(node, ".row-size", HTMLElement), messages.bytes(row.sizeBytes));
  setText(find(node, ".row-format", HTMLElement), formatName(row.mimeType));
}

/**
 * @param {HTMLElement} node
 * @param {LibraryRow} row
 * @param {{messages: Messages, secondsLeft: number | null}} options
 */
function writeBadge(node, row, { messages, secondsLeft }) {
  const { kind, icon, fraction, code } = badgeOf(row);
  const badge = find(node, ".badge", HTMLElement);
  setAttribute(badge, "data-kind", kind);
  setIcon(badge, icon);
  const percent = messages.percent(fraction ?? 0);
  const waiting = row.upload && waitingText(messages, row.upload);
  const reason = waiting ?? faultText(messages, code ?? "UNKNOWN");
  const isTimed = kind === "uploading" && secondsLeft !== null;
  const text = isTimed
    ? messages.text("badge.uploadingLeft", {
        percent,
        time: messages.clock(secondsLeft),
      })
    : messages.text(waiting === null ? `badge.${kind}` : "badge.waitingFor", {
        percent,
        reason,
        count: row.parts?.length ?? 0,
        date: dayOf(row.trashed?.goesAt ?? 0, messages),
      });
  setText(find(badge, "span", HTMLElement), text);
}

/** @param {number} at Unix ms, within a month @param {Messages} messages */
function dayOf(at, messages) {
  const options = /** @type {const} */ ({ day: "numeric", month: "short" });
  return dateFormat(messages.locale, options).format(at);
}
