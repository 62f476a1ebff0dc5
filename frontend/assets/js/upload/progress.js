/**
 * What an upload's state means to a person, and to the next page: pure.
 *
 * @module
 */

/** @typedef {import("./transitions.js").UploaderState} UploaderState */
/** @typedef {import("../core/types.js").UploadProgress} UploadProgress */
/** @typedef {import("../core/types.js").UploadRow} UploadRow */
/** @typedef {import("../core/types.js").UploadState} UploadState */

/** @type {Record<import("./transitions.js").Phase, UploadState>} */
const STATES = {
  queued: "queued",
  asking: "uploading",
  sending: "uploading",
  completing: "verifying",
  waiting: "waiting",
  paused: "paused",
  done: "done",
  failed: "failed",
};

/** How far behind a running take may be before its limit is blamed. */
const BEHIND_SECONDS = 10;

/**
 * @param {string} id the recording's
 * @param {UploaderState} state
 * @param {object} facts
 * @param {number} facts.seconds length of the recording, where known
 * @param {number} facts.limit bytes a second of all uploads; 0: none
 * @returns {UploadProgress}
 */
export function describeProgress(id, state, { seconds, limit }) {
  const { source } = state;
  const ackBytes = ackOf(state);
  const totalBytes = source.isFinished ? source.availableBytes : null;
  const serverSeconds = secondsAt(ackBytes, state, seconds);
  const isHeld = isHeldBack(source, serverSeconds, limit);
  const code = state.code ?? (isHeld ? "UPLOAD_LIMIT" : null);
  return {
    id,
    state: stateOf(state),
    ackBytes,
    totalBytes,
    serverSeconds,
    code,
  };
}

/**
 * Whether a running take falls behind because less may be sent than it makes.
 *
 * @param {UploaderState["source"]} source
 * @param {number} serverSeconds
 * @param {number} limit bytes a second; 0: none
 */
function isHeldBack(
  { isFinished, borders, availableBytes },
  serverSeconds,
  limit,
) {
  const made = borders.at(-1)?.seconds ?? 0;
  const isBehind = !isFinished && made - serverSeconds > BEHIND_SECONDS;
  return isBehind && limit > 0 && limit * made < availableBytes;
}

/**
 * @param {string} id the recording's
 * @param {UploaderState} state
 * @returns {UploadRow}
 */
export function describeRow(id, state) {
  const { source, code, fileId, attempts } = state;
  return {
    id,
    fileId,
    state: stateOf(state),
    headerBytes: source.headerBytes,
    ackBytes: ackOf(state),
    totalBytes: source.isFinished ? source.availableBytes : null,
    attempts,
    error: code,
  };
}

/**
 * @param {UploaderState} state
 * @returns {UploadState}
 */
function stateOf({ phase, code }) {
  // Waiting without a failure: the server is still putting it together.
  return phase === "waiting" && code === null ? "verifying" : STATES[phase];
}

/** @param {UploaderState} state */
function ackOf({ layout, lastAckBytes, phase, source }) {
  return phase === "done"
    ? source.availableBytes
    : (layout?.ackBytes ?? lastAckBytes);
}

/**
 * How much audio lies before a byte: of a running take as its spool said, of a
 * finished recording by proportion.
 *
 * @param {number} ackBytes
 * @param {UploaderState} state
 * @param {number} seconds
 */
function secondsAt(ackBytes, { source }, seconds) {
  const { borders, availableBytes } = source;
  if (borders.length === 0) {
    return availableBytes > 0 ? (seconds * ackBytes) / availableBytes : 0;
  }
  const passed = borders.filter(({ to }) => to <= ackBytes);
  return passed.length > 0 ? passed[passed.length - 1].seconds : 0;
}
