/**
 * A part of a recording (core/parts.js) as an upload of its own: its bytes, made
 * of those of the recording's file as they are asked for, and what is told of it.
 *
 * @module
 */
import { StudioError, codeOf } from "../core/errors.js";
import { WHOLE, nextPart } from "../core/parts.js";
import { openWavPart } from "../core/wav-part.js";
import { openWebmPart } from "../core/webm-part.js";
import { HEADER_BYTES } from "../core/webm.js";
import { digestFile } from "./digest.js";
import { describePart } from "./part-row.js";
import { mayPass } from "./retry.js";

/** @typedef {import("./chunks.js").Source} Source */
/** @typedef {import("./driver.js").Driver} Driver */
/** @typedef {import("./performer.js").Parts} Parts */
/** @typedef {import("./spool-link.js").LiveTake} LiveTake */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {Awaited<ReturnType<typeof openPartUpload>>} PartUpload */
/** @typedef {Extract<import("./transitions.js").UploaderEvent, {source: Source}>} News */

/**
 * What there is of the recording before a part.
 *
 * @typedef {object} Ahead
 * @property {number} bytes on the server
 * @property {number} seconds
 * @property {number} parts so far, this one included
 * @property {number | null} totalBytes of the recording; null while it runs
 * @property {boolean} isLast nothing of the recording follows the part
 */

/**
 * @param {RecordingRow} recording
 * @param {Parts["bytes"]} bytes
 */
export async function openPartUpload(recording, bytes) {
  const { id, mimeType, parts = [] } = recording;
  const place = Math.max(0, nextPart(recording));
  const where = parts[place] ?? WHOLE;
  const read = async (/** @type {number} */ from, /** @type {number} */ to) =>
    new Uint8Array(await bytes.read(id, from, to));
  const open = mimeType.startsWith("audio/wav") ? openWavPart : openWebmPart;
  const part = await open(read, where);
  if (!part) {
    throw new StudioError("FILE_TOO_LARGE");
  }
  /** @type {Source["borders"]} */
  let borders = [];
  let isEnded = false;

  /** @returns {Source} */
  const source = () => ({
    availableBytes: part.size,
    isFinished: isEnded,
    headerBytes: HEADER_BYTES,
    borders: isEnded ? [] : borders,
  });
  const file = {
    get size() {
      return part.size;
    },
    read: async (/** @type {number} */ from, /** @type {number} */ to) =>
      (await part.read(from, to)).buffer,
  };

  return {
    place,
    file,
    cutAt: (/** @type {number} */ most) => part.cutAt(most),

    get isEnded() {
      return isEnded;
    },

    get isEmpty() {
      return part.isEmpty;
    },

    get length() {
      return part.length;
    },

    /** @param {Source} whole reads how far it goes, no more */
    scan: (whole) => part.grow(where.to ?? whole.availableBytes),

    /**
     * Takes in what there is of the recording by now.
     *
     * @param {Source} whole
     * @param {AbortSignal} signal
     * @returns {Promise<LiveTake>}
     */
    async grow(whole, signal) {
      const to = where.to ?? whole.availableBytes;
      await part.grow(to);
      if (where.to === null && !whole.isFinished) {
        borders = [...borders, { to: part.size, seconds: part.seconds }];
        return { source: source(), sha256: null };
      }
      if (!part.isWhole(to)) {
        throw new StudioError("TAKE_TORN");
      }
      part.close();
      const sha256 = await digestFile(file, signal);
      isEnded = true;
      return { source: source(), sha256 };
    },

    /** @param {number} ackBytes of the part */
    forget(ackBytes) {
      const passed = borders.filter(({ to }) => to <= ackBytes).length;
      borders = borders.slice(Math.max(0, passed - 1));
      return part.scanned;
    },

    /** @param {Source} whole @returns {Ahead} */
    ahead: ({ isFinished, availableBytes }) => ({
      bytes: parts
        .slice(0, place)
        .reduce((sum, { uploaded }) => sum + (uploaded?.sizeBytes ?? 0), 0),
      seconds: where.seconds,
      parts: Math.max(1, parts.length),
      totalBytes: isFinished ? availableBytes : null,
      isLast: where.to === null,
    }),

    /**
     * @param {Parts} all
     * @param {import("./upload-store.js").UploadStore} store
     * @returns {Parts} for this part alone
     */
    partsOf: (all, store) => ({
      ...all,
      bytes: { ...all.bytes, read: (_id, from, to) => file.read(from, to) },
      store: {
        rename: store.rename,
        recording: async (one) =>
          describePart(await store.recording(one), {
            place,
            from: where.seconds,
            length: part.length,
            isLast: where.to === null,
          }),
        publish: (one, copy, name) =>
          store.publishPart(one, place, { copy, name }),
      },
    }),
  };
}

/**
 * A driver that is told of the recording, and drives the part. That the recording
 * is finished is told once: if it cannot be read then, each tick tries again.
 *
 * @param {Driver} driver
 * @param {PartUpload} part
 * @param {AbortSignal} signal
 * @returns {Driver}
 */
export function drivePart(driver, part, signal) {
  let before = Promise.resolve();
  /** @type {News | null} */
  let unread = null;

  /** @param {Source} whole */
  async function grow(whole) {
    if (driver.isOver || part.isEnded) {
      return;
    }
    const { source, sha256 } = await part.grow(whole, signal);
    driver.dispatch(
      sha256 === null
        ? { type: "grown", source }
        : { type: "finished", source, sha256 },
    );
  }

  /**
   * @param {News} event
   * @param {unknown} error
   */
  function miss(event, error) {
    // What could not be read of a running take is read with what follows.
    if (event.type !== "finished" || signal.aborted) {
      return;
    }
    const code = codeOf(error, "UPLOAD_FAILED");
    if (mayPass(code)) {
      unread = event;
    } else {
      driver.dispatch({ type: "lost", code });
    }
  }

  /** @param {News} event */
  function hear(event) {
    before = before
      .then(() => grow(event.source))
      .catch((error) => miss(event, error));
  }

  return {
    ended: driver.ended,

    get isOver() {
      return driver.isOver;
    },

    dispatch(event) {
      if (event.type === "grown" || event.type === "finished") {
        hear(event);
        return;
      }
      if (event.type === "tick" && unread) {
        hear(unread);
        unread = null;
      }
      driver.dispatch(event);
    },
  };
}
