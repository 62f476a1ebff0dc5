/**
 * The upload of one recording as a pure state machine:
 * `step(state, event) -> {state, effects}`.
 *
 *     queued -> asking -> sending -> completing -> done
 *                 ^          |           |
 *                 +-- waiting <----------+        failed, paused
 *
 * It always asks the server first what it has, also after each failure, and goes
 * on from there. *done* is reached only when the server's size and digest of the
 * whole are those of the file here. Effects are carried out by driver.js, which
 * answers with events; an answer to something asked before the last change of
 * phase carries an old `epoch` and is ignored.
 *
 * @module
 */
import {
  acknowledge,
  isSent,
  planResume,
  planStart,
  totalChunks,
} from "./layout.js";
import { mostBytes, pickChunks } from "./pick-chunks.js";
import { codeOf, judge, pauseBefore, reasonOf } from "./retry.js";
import {
  ask,
  enter,
  fail,
  isOver,
  isResting,
  isTooLarge,
  rename,
  stay,
  wait,
} from "./transitions.js";

/** @typedef {import("./chunks.js").Chunk} Chunk */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").UploadStatus} UploadStatus */
/** @typedef {import("./retry.js").Failure} Failure */
/** @typedef {import("./transitions.js").UploaderState} UploaderState */
/** @typedef {import("./transitions.js").UploaderEvent} UploaderEvent */
/** @typedef {import("./transitions.js").Step} Step */
/** @typedef {import("./transitions.js").ServerCopy} ServerCopy */

const MOST_CONFLICTS = 2;

/**
 * @param {UploaderState} state
 * @param {UploaderEvent} event
 * @returns {Step}
 */
export function step(state, event) {
  if ("epoch" in event && event.epoch !== state.epoch) {
    return stay(state);
  }
  switch (event.type) {
    case "start":
      return isResting(state) ? ask({ ...state, attempts: 0 }) : stay(state);
    case "wake":
    case "reachable":
      return goOn(state, event.type === "wake");
    case "pause":
      // With the code of a failure it would go on once that is over.
      return isOver(state)
        ? stay(state)
        : enter({ ...state, code: null }, "paused");
    case "tick":
      return send({ ...state, isDue: true });
    case "limit":
      return limit(state, event.longestBytes);
    case "grown":
      return send({ ...state, source: event.source });
    case "lost":
      return fail(state, event.code);
    case "finished":
      return send({ ...state, source: event.source, sha256: event.sha256 });
    default:
      return answer(state, event);
  }
}

/**
 * @param {UploaderState} state
 * @param {boolean} isOver the pause
 */
function goOn(state, isOver) {
  const isWaiting = state.phase === "waiting";
  return isWaiting && (isOver || !state.isToldToWait)
    ? ask(state)
    : stay(state);
}

/**
 * @param {UploaderState} state
 * @param {Extract<UploaderEvent, {epoch: number}>} event
 * @returns {Step}
 */
function answer(state, event) {
  switch (event.type) {
    case "status":
      return plan({ ...state, ...limitsOf(event) }, event.status);
    case "accepted":
      return accept(state, event.chunk);
    case "published":
      return compare(state, event.copy);
    case "completing":
      return wait(
        { ...state, code: null, isToldToWait: true, retryAt: null },
        event.retryAfterMs,
      );
    case "refused":
      return refuse(state, event);
    case "broken":
      return fail(state, event.code);
    case "renamed":
      return ask({ ...state, fileId: event.fileId, layout: null });
  }
}

/**
 * @param {UploaderState} state
 * @param {number} longestBytes
 */
function limit(state, longestBytes) {
  return stay(
    longestBytes === state.longestBytes ? state : { ...state, longestBytes },
  );
}

/** @param {Extract<UploaderEvent, {type: "status"}>} event */
function limitsOf({ chunkSize, recordingBytes = 0 }) {
  return { chunkSize, recordingBytes };
}

/**
 * @param {UploaderState} state
 * @param {UploadStatus | null} status
 */
function plan(state, status) {
  const { source } = state;
  const layout = status
    ? planResume(status, source)
    : planStart(source, mostBytes(state));
  if (!layout) {
    return rename(state);
  }
  const { state: entered, effects } = enter(state, "sending");
  const sending = send({ ...entered, layout, isDue: true });
  return { ...sending, effects: [...effects, ...sending.effects] };
}

/**
 * Sends what may be sent now, or completes.
 *
 * @param {UploaderState} state
 * @returns {Step}
 */
function send(state) {
  const { layout, source, inFlight } = state;
  if (state.phase !== "sending" || !layout) {
    return stay(state);
  }
  if (isTooLarge(state)) {
    return enter(state, "split");
  }
  if (inFlight.length === 0 && isSent(layout, source)) {
    const total = totalChunks(layout, source);
    return enter(state, "completing", [
      { type: "complete", totalChunks: total },
    ]);
  }
  const chunks = pickChunks(state, layout);
  return {
    state: {
      ...state,
      inFlight: [...inFlight, ...chunks],
      isDue: state.isDue && chunks.every(({ index }) => index === 0),
    },
    effects: chunks.map((chunk) => ({ type: "send", chunk })),
  };
}

/**
 * @param {UploaderState} state
 * @param {Chunk} chunk
 * @returns {Step}
 */
function accept(state, chunk) {
  if (!state.layout) {
    return stay(state);
  }
  return send({
    ...state,
    layout: acknowledge(state.layout, chunk),
    inFlight: state.inFlight.filter(({ index }) => index !== chunk.index),
    attempts: 0,
    conflicts: 0,
    code: null,
  });
}

/**
 * The server has a finished recording of this id: is it this one?
 *
 * @param {UploaderState} state
 * @param {ServerCopy} copy
 */
function compare(state, { size, sha256 }) {
  const { source } = state;
  if (!source.isFinished || size !== source.availableBytes) {
    return rename(state);
  }
  if (sha256 === null) {
    return fail(state, "NOT_VERIFIABLE");
  }
  return sha256 === state.sha256
    ? enter({ ...state, code: null }, "done", [{ type: "publish" }])
    : rename(state);
}

/** @typedef {{failure: Failure, random: number, now: number}} Refusal */

/**
 * @param {UploaderState} state
 * @param {Refusal} refusal
 */
function refuse(state, refusal) {
  const { failure } = refusal;
  const failed = { ...state, code: codeOf(failure) };
  if (failed.code === "FILE_TOO_LARGE" && state.conflicts === 0) {
    // The limit may be another one than when it was asked for.
    return ask({ ...failed, conflicts: 1 });
  }
  const isWholeDigest =
    state.phase === "completing" && failure.code === "DIGEST_MISMATCH";
  const verdict = isWholeDigest ? "rename" : judge(failure);
  switch (verdict) {
    case "retry":
      return retry(failed, refusal);
    case "ask":
      return resolve(failed, refusal);
    case "rename":
      return rename(failed);
    case "sign-in":
      return enter(failed, "paused");
    case "fail":
      return fail(failed, codeOf(failure));
  }
}

/**
 * @param {UploaderState} state
 * @param {Refusal} refusal
 */
function retry(state, { failure, random, now }) {
  const { retryAfterMs } = failure;
  const attempts = state.attempts + 1;
  const pause = pauseBefore({ attempts, retryAfterMs, random });
  const isToldToWait = retryAfterMs !== null;
  const retryAt = isToldToWait ? now + pause : null;
  const code = reasonOf(failure);
  return wait({ ...state, code, attempts, isToldToWait, retryAt }, pause);
}

/**
 * The server disagrees: look what it has; when that does not help, begin anew.
 *
 * @param {UploaderState} state
 * @param {Refusal} refusal
 */
function resolve(state, refusal) {
  const conflicts = state.conflicts + 1;
  return conflicts > MOST_CONFLICTS
    ? rename(state)
    : retry({ ...state, conflicts }, refusal);
}
