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
  split: "uploading",
};

/** How far behind a running take may be before its limit is blamed. */
const BEHIND_SECONDS = 10;

/**
 * @param {string} id the recording's
 * @param {UploaderState} state
 * @param {object} facts
 * @param {number} facts.seconds length of the recording, where known
 * @param {import("./part-upload.js").Ahead} [facts.ahead] of a part: what is there
 *   of those before it
 * @param {number} facts.limit bytes a second of all uploads; 0: none
 * @returns {UploadProgress}
 */
export function describeProgress(id, state, { seconds, limit, ahead }) {
  const { source } = state;
  const ackBytes = ackOf(state);
  const { bytes = 0, seconds: from = 0, parts = 0 } = ahead ?? {};
  const told = secondsAt(ackBytes, state, seconds);
  const isShare = source.borders.length === 0;
  const serverSeconds = isShare ? from + told : Math.max(from, told);
  const isHeld = isHeldBack(source, serverSeconds, limit);
  const code = state.code ?? (isHeld ? "UPLOAD_LIMIT" : null);
  return {
    id,
    state: ahead?.isLast === false ? partStateOf(state) : stateOf(state),
    ackBytes: bytes + ackBytes,
    totalBytes: totalOf(state, ahead),
    serverSeconds,
    code,
    parts,
    retryAt: state.phase === "waiting" ? state.retryAt : null,
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
 * @param {UploaderState} state
 * @param {import("./part-upload.js").Ahead} [ahead]
 */
function totalOf({ source }, ahead) {
  const { bytes = 0, totalBytes = null, isLast = true } = ahead ?? {};
  const isKnown = source.isFinished && isLast;
  return totalBytes ?? (isKnown ? bytes + source.availableBytes : null);
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

/**
 * More follows what is done.
 *
 * @param {UploaderState} state
 * @returns {UploadState}
 */
function partStateOf(state) {
  const now = stateOf(state);
  return now === "done" || now === "verifying" ? "uploading" : now;
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
