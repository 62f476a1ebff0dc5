/**
 * The upload of one recording from beginning to end, on behalf of this page.
 *
 * @module
 */
import { codeOf } from "../core/errors.js";
import { isUploaded, nextPart } from "../core/parts.js";
import { digestFile } from "./digest.js";
import { drive } from "./drive.js";
import { mayPass } from "./retry.js";
import { giveUp, splitNext, uploadPart } from "./upload-parts.js";

/** @typedef {import("./driver.js").Driver} Driver */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").UploadRow} UploadRow */
/** @typedef {import("../core/types.js").UploadProgress} UploadProgress */

/**
 * @typedef {object} Surroundings
 * @property {import("./performer.js").Parts} parts
 * @property {import("./upload-store.js").UploadStore} store
 * @property {import("./spool-link.js").SpoolLink} link
 * @property {(progress: UploadProgress) => void} report
 * @property {number} tickMs how often a running take sends
 */

/**
 * @typedef {object} Errand
 * @property {string} id the recording's
 * @property {boolean} isWished a person asks for it: paused and failed ones too
 * @property {AbortSignal} signal
 * @property {(driver: Driver) => void} onDriver
 */

/**
 * Resolves when nothing is left to do for this page: done, failed, paused, or
 * given up by the signal.
 *
 * @param {Surroundings} surroundings
 * @param {Errand} errand
 */
export async function uploadOne(surroundings, errand) {
  let next = await uploadNext(surroundings, errand);
  while (next && !errand.signal.aborted) {
    next = await uploadNext(surroundings, { ...errand, isWished: true });
  }
}

/**
 * @param {Surroundings} surroundings
 * @param {Errand} errand
 * @returns {Promise<boolean>} whether there is another part of it to send, or the
 *   same one once more
 */
async function uploadNext(surroundings, errand) {
  const { store, link } = surroundings;
  const { id, signal } = errand;
  const recording = await store.find(id);
  if (recording?.wanted !== "server" || isUploaded(recording)) {
    link.drop(id);
    await store.forget(id);
    return false;
  }
  if (signal.aborted) {
    return false;
  }
  const row = await store.begin(id);
  const rests = row.state === "failed" || row.state === "paused";
  if (rests && row.error !== "UNAUTHORIZED" && !errand.isWished) {
    return false;
  }
  const take = await findContent(surroundings, recording, row, signal);
  if (!take || signal.aborted) {
    return false;
  }
  try {
    return await upload(surroundings, errand, { recording, row, take });
  } catch (error) {
    if (mayPass(codeOf(error, ""))) {
      await pause(surroundings.tickMs, signal);
      return true;
    }
    await giveUp(surroundings, errand, error);
    return false;
  }
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<void>} sooner, if it is given up
 */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener("abort", stop, { once: true });
  });
}

/**
 * @param {Surroundings} surroundings
 * @param {Errand} errand
 * @param {import("./upload-parts.js").Job} job
 * @returns {Promise<boolean>} whether there is another part of it to send
 */
async function upload(surroundings, errand, job) {
  const { recording, row, take } = job;
  if (nextPart(recording) >= 0) {
    return uploadPart(surroundings, errand, job);
  }
  const { link, store, parts } = surroundings;
  const { id } = errand;
  const { fileId, ackBytes: lastAckBytes } = row;
  const last = await drive(surroundings, errand, {
    upload: { fileId, lastAckBytes, ...take },
    seconds: () => recording.durationMs / 1000,
    parts,
  });
  if (last.phase === "split") {
    return splitNext(surroundings, errand, { take, last });
  }
  if (last.phase === "done") {
    link.drop(id);
    await store.forget(id);
  }
  return false;
}

/**
 * @param {Surroundings} surroundings
 * @param {RecordingRow} recording
 * @param {UploadRow} row
 * @param {AbortSignal} signal
 * @returns {Promise<import("./spool-link.js").LiveTake | null>} null: not now
 */
async function findContent({ parts, link, store }, recording, row, signal) {
  const { id } = recording;
  const running = link.take(id);
  if (running || recording.state !== "finished") {
    return running ?? null;
  }
  const file = await parts.bytes.file(id);
  const sha256 = recording.sha256 ?? (await digestFile(file, signal));
  if (!recording.sha256) {
    await store.setDigest(id, sha256);
  }
  const source = {
    availableBytes: file.size,
    isFinished: true,
    headerBytes: row.headerBytes,
    borders: [],
  };
  return { source, sha256 };
}
