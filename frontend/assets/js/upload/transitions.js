/**
 * States of an upload and the ways between its phases: pure. What leads from
 * one to another is decided in uploader.js.
 *
 * @module
 */

/** @typedef {import("./chunks.js").Chunk} Chunk */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./chunks.js").Source} Source */
/** @typedef {import("./layout.js").UploadStatus} UploadStatus */
/** @typedef {import("./retry.js").Failure} Failure */

/** @typedef {"queued" | "asking" | "sending" | "completing" | "waiting" | "paused" | "done" | "failed" | "split"} Phase
 *   `split`: larger than what the server takes of one recording */
/** @typedef {{size: number, sha256: string | null}} ServerCopy */

/**
 * @typedef {object} UploaderState
 * @property {string} fileId
 * @property {Phase} phase
 * @property {number} epoch counts the changes of phase
 * @property {Source} source
 * @property {string | null} sha256 of the finished file, hex
 * @property {Layout | null} layout
 * @property {number} lastAckBytes what the server had when it was last asked, by
 *   an earlier page
 * @property {Chunk[]} inFlight
 * @property {boolean} isDue whether a short chunk of a running take may go
 * @property {boolean} isToldToWait the server itself named the present pause
 * @property {number | null} retryAt when it asks again, Unix ms, if the server named
 *   the present pause
 * @property {number} attempts failures since the last progress
 * @property {number} conflicts disagreements with the server since the last progress
 * @property {number} renames how often another file id was needed
 * @property {string | null} code of the last failure
 * @property {number} chunkSize advised by the server
 * @property {number} recordingBytes that the server takes of a recording; 0: any
 * @property {number} longestBytes that a request may carry, by a person's limit
 */

/**
 * @typedef {{type: "start"}
 *   | {type: "pause"}
 *   | {type: "wake"}
 *   | {type: "reachable"}
 *   | {type: "tick"}
 *   | {type: "limit", longestBytes: number}
 *   | {type: "grown", source: Source}
 *   | {type: "finished", source: Source, sha256: string}
 *   | {type: "status", epoch: number, status: UploadStatus | null, chunkSize: number, recordingBytes?: number}
 *   | {type: "accepted", epoch: number, chunk: Chunk}
 *   | {type: "published", epoch: number, copy: ServerCopy}
 *   | {type: "completing", epoch: number, retryAfterMs: number}
 *   | {type: "refused", epoch: number, failure: Failure, random: number, now: number}
 *   | {type: "broken", epoch: number, code: string}
 *   | {type: "lost", code: string}
 *   | {type: "renamed", epoch: number, fileId: string}} UploaderEvent `wake`: the
 *   pause is over; `reachable`: the server may answer again; `lost`: the recording's
 *   own bytes are
 */

/**
 * @typedef {{type: "ask"}
 *   | {type: "send", chunk: Chunk}
 *   | {type: "complete", totalChunks: number}
 *   | {type: "wait", ms: number}
 *   | {type: "rename"}
 *   | {type: "abort"}
 *   | {type: "publish"}} Effect `abort`: requests and timers of before; `publish`:
 *   note that the server's copy is verified
 */

/** @typedef {{state: UploaderState, effects: Effect[]}} Step */

/**
 * @param {object} options
 * @param {string} options.fileId
 * @param {Source} options.source
 * @param {string | null} options.sha256
 * @param {number} [options.lastAckBytes]
 * @returns {UploaderState}
 */
export function createUploader({ fileId, source, sha256, lastAckBytes = 0 }) {
  return {
    fileId,
    phase: "queued",
    epoch: 0,
    source,
    sha256,
    layout: null,
    lastAckBytes,
    inFlight: [],
    isDue: true,
    isToldToWait: false,
    retryAt: null,
    attempts: 0,
    conflicts: 0,
    renames: 0,
    code: null,
    chunkSize: 1024 * 1024,
    recordingBytes: 0,
    longestBytes: Infinity,
  };
}

const MOST_RENAMES = 3;

/** @param {UploaderState} state @returns {Step} */
export function stay(state) {
  return { state, effects: [] };
}

/**
 * Enters a phase: what was under way is given up.
 *
 * @param {UploaderState} state
 * @param {Phase} phase
 * @param {Effect[]} effects
 * @returns {Step}
 */
export function enter(state, phase, effects = []) {
  const epoch = state.epoch + 1;
  return {
    state: { ...state, phase, epoch, inFlight: [] },
    effects: [{ type: "abort" }, ...effects],
  };
}

/** @param {UploaderState} state */
export function isResting({ phase }) {
  return phase !== "asking" && phase !== "sending" && phase !== "completing";
}

/** @param {UploaderState} state */
export function isOver({ phase }) {
  return phase === "done" || phase === "failed" || phase === "split";
}

/** @param {UploaderState} state */
export function ask(state) {
  return enter(state, "asking", [{ type: "ask" }]);
}

/**
 * @param {UploaderState} state
 * @param {number} ms
 */
export function wait(state, ms) {
  return enter(state, "waiting", [{ type: "wait", ms }]);
}

/**
 * @param {UploaderState} state
 * @param {string} code
 */
export function fail(state, code) {
  return enter({ ...state, code }, "failed");
}

/** @param {UploaderState} state */
export function rename(state) {
  const renames = state.renames + 1;
  if (renames > MOST_RENAMES) {
    return fail(state, "UPLOAD_CONFLICT");
  }
  const fresh = {
    ...state,
    renames,
    conflicts: 0,
    layout: null,
    lastAckBytes: 0,
  };
  return enter(fresh, "asking", [{ type: "rename" }]);
}

/**
 * What the index of a running take needs at its end, and to spare.
 *
 * @param {Source} source
 */
function reserveBytes({ isFinished, borders }) {
  return isFinished ? 0 : 64 + 8 * Math.ceil(borders.at(-1)?.seconds ?? 0);
}

/**
 * @param {UploaderState} state
 * @returns {boolean} whether the server would not take it as one recording
 */
export function isTooLarge({ recordingBytes, source }) {
  const bytes = source.availableBytes + reserveBytes(source);
  return recordingBytes > 0 && bytes > recordingBytes;
}
