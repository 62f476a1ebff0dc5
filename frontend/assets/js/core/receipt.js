/**
 * What can be vouched for of a recording: how much of it there is, what befell
 * it, and whether the two copies are the same. Pure; it is made of what stands in
 * the recording's row, or in its metadata on the server.
 *
 * @module
 */

import { silenceOf } from "./markers.js";
import { toneOf } from "./tone.js";

/** @typedef {import("./types.js").RecordingRow} RecordingRow */
/** @typedef {import("./types.js").ServerRecording} ServerRecording */
/** @typedef {import("./types.js").TakeMarker} TakeMarker */

/**
 * @typedef {Pick<RecordingRow, "name" | "timestamp" | "durationMs" | "sizeBytes" | "gaps" | "granted" | "tone" | "markers" | "segments">
 *   & {deviceSha256: string | null, serverSha256: string | null}} Facts
 */

/**
 * @typedef {object} Receipt
 * @property {number} seconds its whole length
 * @property {number} heardSeconds without the sound that is missing
 * @property {number} gaps how often sound is missing
 * @property {number} pauses
 * @property {{code: string, count: number}[]} faults
 * @property {"same" | "different" | "device" | "server"} copies `device`: only
 *   there, or not verified on the server; `server`: only there
 * @property {string | null} sha256
 */

const FALLBACK_RATE = 48_000;

/**
 * @param {RecordingRow} row
 * @returns {Facts}
 */
export function factsOfRow(row) {
  const serverSha256 = row.uploaded?.sha256 ?? null;
  return { ...row, deviceSha256: row.sha256, serverSha256 };
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
  const missing = ofKind(markers, "gap").reduce(
    (frames, marker) => frames + (silenceOf(marker) ?? 0),
    0,
  );
  const seconds = durationMs / 1000;
  return {
    seconds,
    heardSeconds: Math.max(0, seconds - missing / rate),
    gaps: Math.max(gaps ?? 0, ofKind(markers, "gap").length),
    pauses: ofKind(markers, "pause").length,
    faults: countCodes(ofKind(markers, "fault")),
    copies: compareCopies(facts),
    sha256: facts.deviceSha256 ?? facts.serverSha256,
  };
}

/**
 * @param {TakeMarker[]} markers
 * @param {TakeMarker["kind"]} kind
 */
function ofKind(markers, kind) {
  return markers.filter((marker) => marker?.kind === kind);
}

/** @param {TakeMarker[]} faults */
function countCodes(faults) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { code = "UNKNOWN" } of faults) {
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].map(([code, count]) => ({ code, count }));
}

/**
 * @param {Facts} facts
 * @returns {Receipt["copies"]}
 */
function compareCopies({ deviceSha256, serverSha256 }) {
  if (deviceSha256 === null) {
    return serverSha256 === null ? "device" : "server";
  }
  if (serverSha256 === null) {
    return "device";
  }
  return deviceSha256 === serverSha256 ? "same" : "different";
}
