/**
 * A recording that is larger than what the server takes of one goes there in
 * parts, one after the other: the row says which, so that another page or another
 * life of this one goes on with them.
 *
 * @module
 */
import { StudioError, codeOf } from "../core/errors.js";
import { nextPart, splitPart } from "../core/parts.js";
import { drive } from "./drive.js";
import { openPartUpload } from "./part-upload.js";

/** @typedef {import("./spool-link.js").LiveTake} LiveTake */
/** @typedef {import("./transitions.js").UploaderState} UploaderState */
/** @typedef {import("./upload-one.js").Surroundings} Surroundings */
/** @typedef {import("./upload-one.js").Errand} Errand */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").UploadRow} UploadRow */

/** @typedef {{recording: RecordingRow, row: UploadRow, take: LiveTake}} Job */

/**
 * @param {Surroundings} surroundings
 * @param {Errand} errand
 * @param {Job} job
 * @returns {Promise<boolean>} whether there is another part of it to send
 */
export async function uploadPart(surroundings, errand, job) {
  const { parts, store } = surroundings;
  const { signal } = errand;
  const { recording, row, take } = job;
  const part = await openPartUpload(recording, parts.bytes);
  const content = await part.grow(take.source, signal);
  if (signal.aborted) {
    return false;
  }
  if (part.isEnded && part.isEmpty) {
    await leaveOut(surroundings, recording, part.ahead(take.source));
    return true;
  }
  const { fileId, ackBytes: lastAckBytes } = row;
  const last = await drive(surroundings, errand, {
    upload: { fileId, lastAckBytes, ...content },
    seconds: () => part.length,
    parts: part.partsOf(parts, store),
    part,
    ahead: part.ahead(take.source),
  });
  if (last.phase === "split") {
    return splitNext(surroundings, errand, { take, last });
  }
  return last.phase === "done" && goOn(store, errand);
}

/**
 * Nothing to be heard follows the parts that are on the server.
 *
 * @param {Surroundings} surroundings
 * @param {RecordingRow} recording
 * @param {import("./part-upload.js").Ahead} ahead of the part that has nothing
 */
async function leaveOut({ store, report }, { id, parts: known = [] }, ahead) {
  const parts = nextPart({ parts: known });
  await store.split(id, known.slice(0, parts));
  const { bytes: ackBytes, totalBytes, seconds: serverSeconds } = ahead;
  const told = { ackBytes, totalBytes, serverSeconds, code: null, parts };
  report({ id, state: "done", ...told });
}

/**
 * @param {Surroundings["store"]} store
 * @param {Errand} errand
 */
async function goOn(store, { id, signal }) {
  const row = await store.find(id);
  if (signal.aborted) {
    return false;
  }
  if (row && nextPart(row) >= 0) {
    await store.beginPart(id);
  }
  return true;
}

/**
 * Ends the part that is sent now where the server takes no more of it. Whoever
 * gives the upload up meanwhile forgets its parts: nothing brings them back.
 *
 * @param {Surroundings} surroundings
 * @param {Errand} errand
 * @param {{take: LiveTake, last: UploaderState}} state
 */
export async function splitNext(
  { parts, store, link },
  { id, signal },
  { take, last },
) {
  const recording = await store.recording(id);
  const part = await openPartUpload(recording, parts.bytes);
  await part.scan((link.take(id) ?? take).source);
  if (signal.aborted) {
    return false;
  }
  const end = part.cutAt(last.recordingBytes);
  if (!end) {
    throw new StudioError("FILE_TOO_LARGE");
  }
  await store.split(id, splitPart(recording, part.place, end));
  return true;
}

/**
 * Notes and tells that a recording cannot be sent.
 *
 * @param {Surroundings} surroundings
 * @param {Errand} errand
 * @param {unknown} error
 */
export async function giveUp({ store, report }, { id, signal }, error) {
  const code = codeOf(error, "UPLOAD_FAILED");
  const row = signal.aborted ? undefined : await store.fail(id, code);
  if (row) {
    const { ackBytes, totalBytes } = row;
    const state = /** @type {const} */ ("failed");
    report({ id, state, ackBytes, totalBytes, serverSeconds: 0, code });
  }
}
