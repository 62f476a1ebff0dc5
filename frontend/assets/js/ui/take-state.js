/**
 * What the Record view knows, as a pure function of what has happened.
 *
 * `phase` is the recorder's state, or `kept` from the end of a take until the
 * next one begins or the person turns to something else.
 *
 * @module
 */
import { momentOf } from "../core/markers.js";

/** @typedef {import("./ports.js").RecorderState} RecorderState */
/** @typedef {import("./ports.js").RecordingRow} RecordingRow */
/** @typedef {import("./ports.js").UploadProgress} UploadProgress */
/** @typedef {import("./ports.js").Destination} Destination */

/** @typedef {import("./ports.js").TakeMarker} TakeMarker */

/** @typedef {import("../core/markers.js").Moment} ShownMarker
 *   at a second of the take; lost: seconds that are missing */

/**
 * @typedef {object} TakeState
 * @property {RecorderState} recorder
 * @property {string | null} id of the take that runs or has just ended
 * @property {Destination} wanted
 * @property {number} seconds recorded
 * @property {number} frames the same, at the take's own rate
 * @property {readonly ShownMarker[]} markers in the order they were made
 * @property {number} deviceSeconds flushed on this device
 * @property {number} serverSeconds that the server has; fewer again once it has lost
 *   the upload
 * @property {UploadProgress | null} upload
 * @property {number} peakDb highest of the take
 * @property {boolean} isClipped
 * @property {RecordingRow | null} kept
 */

/**
 * @typedef {{type: "recorder", state: RecorderState, id: string | null}
 *   | {type: "progress", frames: number, rate: number, deviceSeconds: number}
 *   | {type: "marker", marker: TakeMarker, rate: number}
 *   | {type: "level", peakDb: number, clipped: boolean}
 *   | {type: "upload", progress: UploadProgress}
 *   | {type: "uploadCancelled", id: string}
 *   | {type: "finished", recording: RecordingRow}
 *   | {type: "renamed", name: string}
 *   | {type: "destination", wanted: Destination}
 *   | {type: "dismissed"}} TakeAction
 */

/** @param {Destination} wanted @returns {TakeState} */
export function beginState(wanted) {
  return {
    recorder: "off",
    id: null,
    wanted,
    seconds: 0,
    frames: 0,
    markers: [],
    deviceSeconds: 0,
    serverSeconds: 0,
    upload: null,
    peakDb: -Infinity,
    isClipped: false,
    kept: null,
  };
}

/** @param {Pick<TakeState, "recorder">} state */
export function isRunning({ recorder }) {
  return (
    recorder === "recording" || recorder === "paused" || recorder === "stopping"
  );
}

/** @param {TakeState} state @returns {Destination} of the take that is shown */
export function wantedOf({ kept, wanted }) {
  return kept?.wanted ?? wanted;
}

/** @param {TakeState} state @returns {boolean} whether it goes to the server */
export function isSent(state) {
  return wantedOf(state) === "server" || state.upload !== null;
}

/** @param {TakeState} state whether the upload limit is less than the take needs */
export function isHeldBack({ upload }) {
  return upload?.state === "uploading" && upload.code === "UPLOAD_LIMIT";
}

/** @param {TakeState} state @returns {RecorderState | "kept"} */
export function phaseOf(state) {
  return state.kept !== null && !isRunning(state) ? "kept" : state.recorder;
}

/**
 * @param {TakeState} state
 * @param {TakeAction} action
 * @returns {TakeState} the same one if nothing changed
 */
export function reduceTake(state, action) {
  switch (action.type) {
    case "recorder":
      return follow(state, action.state, action.id);
    case "progress":
      return {
        ...state,
        frames: action.frames,
        seconds: action.frames / action.rate,
        deviceSeconds: Math.max(state.deviceSeconds, action.deviceSeconds),
      };
    case "marker":
      return {
        ...state,
        markers: [...state.markers, momentOf(action.marker, action.rate)],
      };
    case "level":
      return raiseLevel(state, action);
    case "upload":
      return noteUpload(state, action.progress);
    case "uploadCancelled":
      return cancelUpload(state, action.id);
    case "finished":
      return keep(state, action.recording);
    case "renamed":
      return state.kept
        ? { ...state, kept: { ...state.kept, name: action.name } }
        : state;
    case "destination":
      return isRunning(state) ? state : { ...state, wanted: action.wanted };
    case "dismissed":
      return isRunning(state)
        ? state
        : { ...beginState(state.wanted), recorder: state.recorder };
  }
}

/**
 * @param {TakeState} state
 * @param {RecorderState} recorder
 * @param {string | null} id
 */
function follow(state, recorder, id) {
  const begins = recorder === "recording" && !isRunning(state);
  const base = begins ? beginState(state.wanted) : state;
  return { ...base, recorder, id: id ?? base.id };
}

/**
 * @param {TakeState} state
 * @param {{peakDb: number, clipped: boolean}} level
 */
function raiseLevel(state, { peakDb, clipped }) {
  const isHigher = peakDb > state.peakDb || (clipped && !state.isClipped);
  if (state.recorder !== "recording" || !isHigher) {
    return state;
  }
  return {
    ...state,
    peakDb: Math.max(peakDb, state.peakDb),
    isClipped: clipped || state.isClipped,
  };
}

/**
 * A server that has fewer bytes than it had has lost the upload: it begins anew. One
 * that has as many has as much of the take, also while nobody counts its seconds.
 *
 * @param {TakeState} state
 * @param {UploadProgress} progress
 */
function noteUpload(state, progress) {
  if (progress.id !== state.id) {
    return state;
  }
  const { upload: before } = state;
  const isLost = before !== null && progress.ackBytes < before.ackBytes;
  const serverSeconds = isLost
    ? progress.serverSeconds
    : Math.max(state.serverSeconds, progress.serverSeconds);
  return { ...state, upload: progress, serverSeconds };
}

/**
 * @param {TakeState} state
 * @param {string} id
 * @returns {TakeState}
 */
function cancelUpload(state, id) {
  const { kept } = state;
  return kept?.id === id
    ? {
        ...state,
        upload: null,
        serverSeconds: 0,
        kept: { ...kept, wanted: "later" },
      }
    : state;
}

/**
 * @param {TakeState} state
 * @param {RecordingRow} recording
 */
function keep(state, recording) {
  const seconds = recording.durationMs / 1000;
  return {
    ...state,
    id: recording.id,
    kept: recording,
    seconds,
    deviceSeconds: seconds,
  };
}
