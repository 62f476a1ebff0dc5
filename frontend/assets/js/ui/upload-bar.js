import { find, onPress, setAttribute, setText } from "./dom.js";
import { createPace } from "./pace.js";
import {
  followBatch,
  isActive,
  isStartable,
  NO_BATCH,
} from "./upload-batch.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").LibraryRow} LibraryRow */
/** @typedef {import("./upload-batch.js").Batch} Batch */

/**
 * All uploads together: how far they are, how fast, and the words that start and
 * pause them all.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./ports.js").LibraryActions} options.actions
 * @param {AbortSignal} options.signal
 */
export function mountUploadBar(root, { messages, actions, signal }) {
  const bar = find(root, ".upload-bar", HTMLElement);
  const text = find(bar, ".upload-bar-text", HTMLElement);
  const meter = find(bar, "progress", HTMLProgressElement);
  /** @type {readonly LibraryRow[]} */
  let shown = [];
  let batch = NO_BATCH;
  let pace = createPace();

  const startAll = onPress(
    bar,
    ".upload-all",
    () => shown.filter(isStartable).forEach(({ id }) => actions.upload(id)),
    signal,
  );
  const pauseAll = onPress(
    bar,
    ".pause-all",
    () => shown.filter(isActive).forEach(({ id }) => actions.pauseUpload(id)),
    signal,
  );

  /** @param {number} now */
  function follow(now) {
    const before = batch;
    batch = followBatch(before, shown);
    if (batch.ids.size === 0 || batch.totalBytes !== before.totalBytes) {
      pace = createPace();
    }
    pace.note(batch.sentBytes, now);
  }

  /** @param {number} now */
  function render(now) {
    const resting = shown.filter(isStartable).length;
    const isSending = batch.ids.size > 0;
    const fraction = batch.totalBytes ? batch.sentBytes / batch.totalBytes : 0;
    bar.hidden = !isSending && resting === 0;
    meter.hidden = !isSending;
    meter.value = fraction;
    setAttribute(meter, "aria-valuetext", messages.percent(fraction));
    startAll.hidden = resting === 0;
    pauseAll.hidden = !isSending;
    setText(
      text,
      isSending
        ? batchText(messages, batch, pace.rate(now))
        : messages.text("uploads.resting", { count: resting }),
    );
  }

  return {
    /** @param {readonly LibraryRow[]} rows @param {number} now */
    update(rows, now) {
      shown = rows;
      follow(now);
      render(now);
    },
  };
}

/**
 * @param {Messages} messages
 * @param {Batch} batch
 * @param {number | null} rate bytes a second
 */
function batchText(messages, { ids, done, sentBytes, totalBytes }, rate) {
  const so = messages.text("uploads.sending", {
    number: Math.min(done + 1, ids.size),
    count: ids.size,
    percent: messages.percent(totalBytes ? sentBytes / totalBytes : 0),
  });
  if (!rate) {
    return so;
  }
  const time = messages.clock((totalBytes - sentBytes) / rate);
  const pace = { so, rate: messages.bytes(rate), time };
  return messages.text("uploads.pace", pace);
}
