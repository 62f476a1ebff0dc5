/**
 * What is told to the server when an upload is complete: pure.
 *
 * @module
 */
import { toBase64 } from "../core/base64.js";
import { fittingMarkers } from "../core/markers.js";
import { cleanName } from "./server.js";

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */

/**
 * Body of POST /recording/complete.
 *
 * @param {object} upload
 * @param {RecordingRow} upload.recording
 * @param {string} upload.fileId
 * @param {number} upload.totalChunks
 * @param {number} upload.sizeBytes
 * @param {string} upload.sha256
 * @returns {Record<string, unknown>}
 */
export function describePublication({
  recording,
  fileId,
  totalChunks,
  sizeBytes,
  sha256,
}) {
  const name = cleanName(recording.name);
  return {
    file_id: fileId,
    ...(name === "" ? {} : { file_name: name }),
    total_chunks: totalChunks,
    size: sizeBytes,
    sha256,
    duration: recording.durationMs / 1000,
    timestamp: Math.round(recording.timestamp),
    mime_type: recording.mimeType,
    metadata: { waveforge: describeStudio(recording) },
  };
}

/** The server takes 64 KiB of metadata; the rest has an eighth of it. */
const MARKERS_BYTES = 56 << 10;

/** @param {RecordingRow} recording */
function describeStudio(recording) {
  const { peaks, gaps, granted, tone, markers, segments } = recording;
  return {
    v: 1,
    ...(peaks ? { peaks: toBase64(peaks) } : {}),
    gaps: gaps ?? 0,
    ...(markers?.length
      ? { markers: fittingMarkers(markers, MARKERS_BYTES) }
      : {}),
    ...(segments?.length ? { segments } : {}),
    ...(granted ? { granted } : {}),
    ...(tone ? { tone } : {}),
  };
}
