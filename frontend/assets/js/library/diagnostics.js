/**
 * What a person saves for those who look for a fault: versions, the browser, what
 * it gives, the settings, figures of all recordings, and the log. It names what it
 * takes, so that nothing which people wrote is in it: no name, no note, no label of
 * a device, no address, and of ids only what tells one from another. Pure.
 *
 * @module
 */
import { codeIn, entryOf, numberIn, shortId } from "../core/log-entry.js";

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").TakeRow} TakeRow */
/** @typedef {import("../core/types.js").UploadRow} UploadRow */
/** @typedef {import("../core/types.js").TakeMarker} TakeMarker */

/**
 * @typedef {object} Told
 * @property {number} at when it is saved
 * @property {string} version
 * @property {object} browser facts that hold nothing of a person (browser-facts.js)
 * @property {object} preferences those that are choices among few
 * @property {RecordingRow[]} recordings
 * @property {TakeRow[]} takes
 * @property {UploadRow[]} uploads
 * @property {unknown[]} outbox
 * @property {unknown[]} serverRecordings
 * @property {unknown[]} log
 */

const STATES = ["recording", "interrupted", "finished"];
const WISHES = ["server", "later", "device"];
const MARKERS = ["marker", "start", "pause", "gap", "fault"];
const FORMATS = ["opus", "wav"];
const UPLOADS = [
  ...["queued", "uploading", "paused", "waiting", "verifying", "done"],
  "failed",
];
const KINDS = ["webm", "matroska", "ogg", "mp4", "wav", "flac", "mpeg", "aac"];

/** @param {Told} told */
export function describeDevice(told) {
  const { at, version, browser, preferences } = told;
  return {
    savedAt: timeOf(at),
    version,
    ...browser,
    preferences,
    counts: {
      recordings: told.recordings.length,
      changesTheServerHasNotHeardOf: told.outbox.length,
      recordingsTheServerListed: told.serverRecordings.length,
    },
    recordings: told.recordings.map(describeRecording),
    takes: told.takes.map(describeTake),
    uploads: told.uploads.map(describeUpload),
    log: told.log.flatMap((raw) => {
      const entry = entryOf(raw);
      return entry ? [{ ...entry, at: timeOf(entry.at) }] : [];
    }),
  };
}

/** @param {RecordingRow} row */
function describeRecording(row) {
  return {
    id: idOf(row.id),
    at: timeOf(row.timestamp),
    state: oneOf(STATES, row.state),
    kind: oneOf(KINDS, String(row.mimeType).slice("audio/".length)),
    durationMs: numberIn(row.durationMs),
    sizeBytes: numberIn(row.sizeBytes),
    wanted: oneOf(WISHES, row.wanted),
    uploadedAt: timeOf(row.uploaded?.at),
    isCopy: row.isCopy === true,
    parts: row.parts?.map(({ from, to, seconds, uploaded }) => ({
      from: numberIn(from),
      to: numberIn(to),
      seconds: numberIn(seconds),
      uploadedAt: timeOf(uploaded?.at),
    })),
    hasWaveform: row.peaks !== null,
    gaps: numberIn(row.gaps),
    granted: describeGranted(row.granted),
    tone: row.tone && describeTone(row.tone),
    segments: row.segments?.map(describeSegment),
    markers: row.markers?.map(describeMarker),
  };
}

/** @param {TakeRow} take */
function describeTake(take) {
  return {
    id: idOf(take.id),
    at: timeOf(take.startedAt),
    format: oneOf(FORMATS, take.format ?? "opus"),
    rate: numberIn(take.rate),
    channels: numberIn(take.channels),
    framesFlushed: numberIn(take.framesFlushed),
    flushedAt: timeOf(take.flushedAt),
    bytesFlushed: numberIn(take.bytesFlushed),
    segments: take.segments?.map(describeSegment),
    markers: take.markers?.map(describeMarker),
  };
}

/** @param {UploadRow} row */
function describeUpload(row) {
  return {
    id: idOf(row.id),
    state: oneOf(UPLOADS, row.state),
    headerBytes: numberIn(row.headerBytes),
    ackBytes: numberIn(row.ackBytes),
    totalBytes: numberIn(row.totalBytes),
    attempts: numberIn(row.attempts),
    error: codeIn(row.error),
  };
}

/** @param {TakeMarker} marker */
function describeMarker({ kind, code, ...numbers }) {
  return {
    kind: oneOf(MARKERS, kind),
    code: codeIn(code),
    at: timeOf(numbers.at),
    frame: numberIn(numbers.frame),
    frames: numberIn(numbers.frames),
    silent: numberIn(numbers.silent),
  };
}

/** @param {import("../core/types.js").TakeSegment} segment */
function describeSegment({ rate, channels, frames, at }) {
  return {
    rate: numberIn(rate),
    channels: numberIn(channels),
    frames: numberIn(frames),
    at: timeOf(at),
  };
}

/** @param {import("../core/types.js").Granted | null} granted */
function describeGranted(granted) {
  return (
    granted && {
      sampleRate: numberIn(granted.sampleRate),
      channelCount: numberIn(granted.channelCount),
      input: numberIn(granted.input),
      echoCancellation: isOn(granted.echoCancellation),
      noiseSuppression: isOn(granted.noiseSuppression),
      autoGainControl: isOn(granted.autoGainControl),
    }
  );
}

/** @param {import("../core/types.js").Tone} tone */
function describeTone({ gain, low, mid, high, isPrinted }) {
  return {
    gain: numberIn(gain),
    low: numberIn(low),
    mid: numberIn(mid),
    high: numberIn(high),
    isPrinted: isOn(isPrinted),
  };
}

/** @param {unknown} id */
const idOf = (id) => shortId(id) ?? "other";

/** @param {unknown} value @returns {boolean | undefined} */
const isOn = (value) => (typeof value === "boolean" ? value : undefined);

/**
 * @param {readonly string[]} words
 * @param {unknown} value
 */
const oneOf = (words, value) =>
  words.find((word) => word === value) ?? "unknown";

/** @param {unknown} at Unix ms @returns {string | undefined} as people read it */
function timeOf(at) {
  const time = new Date(numberIn(at) ?? NaN);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
