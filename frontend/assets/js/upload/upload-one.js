/**
 * The upload of one recording from beginning to end, on behalf of this page.
 *
 * @module
 */
import { digestFile } from "./digest.js";
import { createDriver } from "./driver.js";
import { describeProgress } from "./progress.js";

/** @typedef {import("./driver.js").Driver} Driver */
/** @typedef {import("./transitions.js").UploaderState} UploaderState */
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
  const { store } = surroundings;
  const { id, signal } = errand;
  const recording = await store.find(id);
  if (recording?.wanted !== "server" || recording.uploaded) {
    await store.forget(id);
    return;
  }
  if (signal.aborted) {
    return;
  }
  const row = await store.begin(id);
  const rests = row.state === "failed" || row.state === "paused";
  if (rests && row.error !== "UNAUTHORIZED" && !errand.isWished) {
    return;
  }
  const content = await findContent(surroundings, recording, row, signal);
  if (content && !signal.aborted) {
    const { fileId, ackBytes: lastAckBytes } = row;
    const upload = { fileId, lastAckBytes, ...content };
    const seconds = recording.durationMs / 1000;
    await drive(surroundings, errand, { upload, seconds });
  }
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

/**
 * @param {Surroundings} surroundings
 * @param {Errand} errand
 * @param {{upload: import("./driver.js").DriverUpload, seconds: number}} content
 */
async function drive({ parts, store, link, report, tickMs }, errand, content) {
  const { id, signal } = errand;
  const keeper = createKeeper((state) => store.save(id, state));
  let told = "";
  /** @param {UploaderState} state */
  const onChange = (state) => {
    keeper.keep(state);
    link.forget(id, state.layout?.ackBytes ?? 0);
    const { seconds } = content;
    const limit = parts.line.limit();
    const progress = describeProgress(id, state, { seconds, limit });
    if (JSON.stringify(progress) !== told) {
      told = JSON.stringify(progress);
      report(progress);
    }
  };
  const { upload } = content;
  const driver = createDriver({ id, upload, parts, onChange, signal });
  const heedLimit = () => {
    const longestBytes = parts.line.longestBytes();
    driver.dispatch({ type: "limit", longestBytes });
  };
  const timer = setInterval(() => {
    heedLimit();
    driver.dispatch({ type: "tick" });
  }, tickMs);
  errand.onDriver(driver);
  heedLimit();
  driver.dispatch({ type: "start" });
  const last = await driver.ended;
  clearInterval(timer);
  await keeper.idle();
  if (signal.aborted || last.phase === "done") {
    link.drop(id);
    await store.forget(id);
  }
}

/**
 * Writes the latest state, one write at a time, and only if it says more than
 * the one before. That a write fails is no reason to stop: the server knows.
 *
 * @param {(state: UploaderState) => Promise<void>} write
 */
function createKeeper(write) {
  /** @type {UploaderState | null} */
  let next = null;
  let writing = Promise.resolve();
  let written = "";

  async function writeNext() {
    const state = next;
    next = null;
    if (state && signatureOf(state) !== written) {
      written = signatureOf(state);
      await write(state).catch(() => undefined);
    }
  }
  return {
    /** @param {UploaderState} state */
    keep(state) {
      next = state;
      writing = writing.then(writeNext);
    },
    idle: () => writing,
  };
}

/** @param {UploaderState} state */
function signatureOf({ fileId, phase, layout, code, source }) {
  const facts = [fileId, phase, layout?.ackBytes, code, source.isFinished];
  return JSON.stringify(facts);
}
