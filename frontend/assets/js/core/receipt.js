/**
 * What can be vouched for of a recording: how much of it there is, what befell
 * it, and whether the two copies are the same. Pure; it is made of what stands in
 * the recording's row, or in its metadata on the server.
 *
 * @module
 */

import { interruptionsOf, isGone } from "./interruptions.js";
import { silenceOf } from "./markers.js";
import { copiesOf, isUploaded } from "./parts.js";
import { toneOf } from "./tone.js";

/** @typedef {import("./types.js").RecordingRow} RecordingRow */
/** @typedef {import("./types.js").ServerRecording} ServerRecording */
/** @typedef {import("./types.js").TakeMarker} TakeMarker */

/**
 * @typedef {Pick<RecordingRow, "name" | "timestamp" | "durationMs" | "sizeBytes" | "gaps" | "granted" | "tone" | "markers" | "segments">
 *   & {deviceSha256: string | null, serverSha256: string | null, serverParts?: number}} Facts
 *   serverParts: as how many recordings the server has it; 0: as one, or not
 */

/**
 * @typedef {object} Receipt
 * @property {number} seconds its whole length
 * @property {number} heardSeconds without the sound that is missing
 * @property {number} gaps how often sound is missing
 * @property {number} pauses
 * @property {number} interruptions how often the microphone was gone
 * @property {number} interruptedSeconds for how long in all
 * @property {{code: string, count: number}[]} faults
 * @property {number} parts verified ones on the server, if it is there in parts
 * @property {"same" | "parts" | "different" | "device" | "server"} copies `device`: only
 *   there, or not verified on the server; `server`: only there
 * @property {string | null} sha256
 */

/** Said when all is well again. */
const RETURNS = new Set(["AUDIO_BACK", "MICROPHONE_BACK"]);

const FALLBACK_RATE = 48_000;

/**
 * @param {RecordingRow} row
 * @returns {Facts}
 */
export function factsOfRow(row) {
  const serverSha256 = row.uploaded?.sha256 ?? null;
  const { length } = copiesOf(row);
  const serverParts = row.parts && isUploaded(row) ? length : 0;
  return { ...row, deviceSha256: row.sha256, serverSha256, serverParts };
}

/**
 * @param {ServerRecording} copy which is on no device that is known here
 * @returns {Facts}
 */
export function factsOfCopy(copy) {
  const { name, timestamp, duration, size, sha256, metadata } = copy;
  const studio = /** @type {any} */ (metadata?.waveforge ?? {});
  return {
    name,
    timestamp,
    durationMs: (duration ?? 0) * 1000,
    sizeBytes: size,
    gaps: Number.isInteger(studio.gaps) ? studio.gaps : 0,
    granted: typeof studio.granted === "object" ? studio.granted : null,
    ...(studio.tone ? { tone: toneOf(studio.tone) } : {}),
    markers: Array.isArray(studio.markers) ? studio.markers : [],
    segments: Array.isArray(studio.segments) ? studio.segments : [],
    deviceSha256: null,
    serverSha256: sha256,
  };
}

/**
 * @param {Facts} facts
 * @returns {Receipt}
 */
export function makeReceipt(facts) {
  const { durationMs, gaps, markers = [], segments = [], granted } = facts;
  const rate = segments[0]?.rate ?? granted?.sampleRate ?? FALLBACK_RATE;
  const seconds = durationMs / 1000;
  const breaks = interruptionsOf(ofKind(markers, "fault"), seconds * rate);
  const interrupted = breaks.reduce((sum, { from, to }) => sum + to - from, 0);
  const lost = lostBeside(breaks, ofKind(markers, "gap"));
  return {
    seconds,
    heardSeconds: Math.max(0, seconds - (lost + interrupted) / rate),
    gaps: Math.max(gaps ?? 0, ofKind(markers, "gap").length),
    interruptions: breaks.length,
    interruptedSeconds: interrupted / rate,
    pauses: ofKind(markers, "pause").length,
    faults: countCodes(ofKind(markers, "fault")),
    copies: compareCopies(facts),
    parts: facts.serverParts ?? 0,
    sha256: facts.deviceSha256 ?? facts.serverSha256,
  };
}

/**
 * Frames that are missing in gaps while the microphone was there.
 *
 * @param {import("./interruptions.js").Interruption[]} breaks
 * @param {TakeMarker[]} gaps
 */
function lostBeside(breaks, gaps) {
  return gaps.reduce((lost, gap) => {
    const silence = silenceOf(gap) ?? 0;
    const end = gap.frame + silence;
    const within = breaks.map(({ from, to }) =>
      Math.max(0, Math.min(to, end) - Math.max(from, gap.frame)),
    );
    return lost + within.reduce((left, frames) => left - frames, silence);
  }, 0);
}

/**
 * @param {TakeMarker[]} markers
 * @param {TakeMarker["kind"]} kind
 */
function ofKind(markers, kind) {
  return markers.filter((marker) => marker?.kind === kind);
}

/** That something is back is no fault; how long the microphone was gone is told.
 * @param {TakeMarker[]} faults */
function countCodes(faults) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { code = "UNKNOWN" } of faults) {
    if (!isGone(code) && !RETURNS.has(code)) {
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  return [...counts].map(([code, count]) => ({ code, count }));
}

/**
 * @param {Facts} facts
 * @returns {Receipt["copies"]}
 */
function compareCopies({ deviceSha256, serverSha256, serverParts = 0 }) {
  if (serverParts > 0) {
    return "parts";
  }
  if (deviceSha256 === null) {
    return serverSha256 === null ? "device" : "server";
  }
  if (serverSha256 === null) {
    return "device";
  }
  return deviceSha256 === serverSha256 ? "same" : "different";
}
