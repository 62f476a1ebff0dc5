/**
 * Carries out the effects of an uploader, each of which ends in an event: a
 * request, a pause, a note in the database.
 *
 * @module
 */
import { chunkSizeFor } from "../core/chunk-size.js";
import { StudioError } from "../core/errors.js";
import { ServerError } from "./http.js";
import { describePublication } from "./publication.js";
import { mayPass } from "./retry.js";

/** @typedef {import("./transitions.js").UploaderState} UploaderState */
/** @typedef {import("./transitions.js").UploaderEvent} UploaderEvent */
/** @typedef {import("./transitions.js").Effect} Effect */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").UploadedCopy} UploadedCopy */

/**
 * @typedef {object} Parts
 * @property {import("./server.js").Server} server
 * @property {import("./transport.js").Transport} transport
 * @property {import("./bytes.js").Bytes} bytes
 * @property {import("./line.js").Line} line
 * @property {UploadStore} store
 * @property {{chunkSize: () => Promise<number | null>}} wishes of a person; null:
 *   as the server advises
 * @property {() => string} newFileId
 * @property {() => number} random from 0 to 1
 * @property {() => number} now Unix ms
 */

/**
 * What is read and remembered on the device.
 *
 * @typedef {object} UploadStore
 * @property {(id: string) => Promise<RecordingRow>} recording
 * @property {(id: string, fileId: string) => Promise<void>} rename
 * @property {(id: string, copy: UploadedCopy, name: string) => Promise<void>} publish
 *   `name` is the one the server was told
 */

/**
 * An upload and what it needs.
 *
 * @typedef {object} Upload
 * @property {string} id the recording's
 * @property {Parts} parts
 * @property {string} toldName the name the server has for the recording
 */

/** @typedef {{state: UploaderState, signal: AbortSignal}} Moment when it was ordered */

/**
 * @param {string} id the recording's
 * @param {Parts} parts
 * @returns {(effect: Exclude<Effect, {type: "abort"}>, moment: Moment) => Promise<UploaderEvent | null>}
 */
export function createPerformer(id, parts) {
  const upload = { id, parts, toldName: "" };
  return async (effect, moment) => {
    try {
      return await perform(upload, effect, moment);
    } catch (error) {
      return moment.signal.aborted
        ? null
        : describeError(error, moment.state.epoch, parts);
    }
  };
}

/**
 * @param {Upload} upload
 * @param {Exclude<Effect, {type: "abort"}>} effect
 * @param {Moment} moment
 * @returns {Promise<UploaderEvent | null>}
 */
function perform(upload, effect, moment) {
  switch (effect.type) {
    case "ask":
      return ask(upload, moment);
    case "send":
      return send(upload, effect.chunk, moment);
    case "complete":
      return complete(upload, effect.totalChunks, moment);
    case "wait":
      return pause(effect.ms, moment.signal);
    case "rename":
      return rename(upload, moment);
    case "publish":
      return publish(upload, moment);
  }
}

/**
 * @param {Upload} upload
 * @param {Moment} moment
 * @returns {Promise<UploaderEvent>}
 */
async function ask(upload, { state: { epoch, fileId }, signal }) {
  const { server, wishes } = upload.parts;
  const account = await server.upload(fileId, signal);
  if (account?.status === "complete") {
    const copy = await server.recording(account.recording_id, signal);
    upload.toldName = copy.name;
    return { type: "published", epoch, copy };
  }
  const wished = await wishes.chunkSize();
  const limits = await server.config(signal);
  return {
    type: "status",
    epoch,
    status: account,
    chunkSize: chunkSizeFor(limits, wished),
    recordingBytes: limits.max_recording_size,
  };
}

/**
 * @param {Upload} upload
 * @param {import("./chunks.js").Chunk} chunk
 * @param {Moment} moment
 * @returns {Promise<UploaderEvent>}
 */
async function send({ id, parts }, chunk, { state, signal }) {
  const { epoch, fileId, layout } = state;
  const { index, from, to } = chunk;
  const load = { bytes: to - from, isLive: layout?.kind !== "fixed", signal };
  await parts.line.carry(load, async () => {
    const name = index === 0 ? (await parts.store.recording(id)).name : null;
    const bytes = await parts.bytes.read(id, from, to);
    await parts.transport.send({ fileId, chunk, bytes, name, signal });
  });
  return { type: "accepted", epoch, chunk };
}

/**
 * @param {Upload} upload
 * @param {number} totalChunks
 * @param {Moment} moment
 * @returns {Promise<UploaderEvent>}
 */
async function complete(upload, totalChunks, { state, signal }) {
  const { epoch, fileId, source, sha256 } = state;
  const recording = await upload.parts.store.recording(upload.id);
  const request = describePublication({
    recording,
    fileId,
    totalChunks,
    sizeBytes: source.availableBytes,
    sha256: sha256 ?? "",
  });
  const answer = await upload.parts.server.complete(request, signal);
  if ("recording" in answer) {
    // Of an earlier request, if that one was heard and its answer was not.
    upload.toldName = answer.recording.name;
    return { type: "published", epoch, copy: answer.recording };
  }
  return { type: "completing", epoch, retryAfterMs: answer.completingMs };
}

/**
 * @param {Upload} upload
 * @param {Moment} moment
 * @returns {Promise<UploaderEvent>}
 */
async function rename({ id, parts }, { state: { epoch } }) {
  const fileId = parts.newFileId();
  await parts.store.rename(id, fileId);
  return { type: "renamed", epoch, fileId };
}

/**
 * @param {Upload} upload
 * @param {Moment} moment
 * @returns {Promise<null>}
 */
async function publish({ id, parts, toldName }, { state }) {
  const { fileId, source, sha256 } = state;
  const sizeBytes = source.availableBytes;
  const copy = { fileId, at: Date.now(), sha256: sha256 ?? "", sizeBytes };
  await parts.store.publish(id, copy, toldName);
  return null;
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<UploaderEvent | null>}
 */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ type: "wake" }), ms);
    const stop = () => {
      clearTimeout(timer);
      resolve(null);
    };
    signal.addEventListener("abort", stop, { once: true });
  });
}

/**
 * @param {unknown} error
 * @param {number} epoch
 * @param {Pick<Parts, "random" | "now">} parts
 * @returns {UploaderEvent}
 */
function describeError(error, epoch, { random, now }) {
  /** @param {import("./retry.js").Failure} failure */
  const refusal = (failure) =>
    /** @type {const} */ ({
      type: "refused",
      epoch,
      failure,
      random: random(),
      now: now(),
    });
  if (error instanceof ServerError) {
    return refusal(error.failure);
  }
  const code = error instanceof StudioError ? error.code : "UPLOAD_FAILED";
  if (mayPass(code)) {
    return refusal({ status: 0, code, retryAfterMs: null });
  }
  return { type: "broken", epoch, code };
}
