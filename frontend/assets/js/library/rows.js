/**
 * The library's rows: what is on this device and what is on the server, a
 * recording that is on both being one row. Pure.
 *
 * @module
 */
import { fromBase64 } from "../core/base64.js";

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").ServerRecording} ServerRecording */
/** @typedef {import("../core/types.js").ServerUpload} ServerUpload */
/** @typedef {import("../core/types.js").UploadState} UploadState */

/**
 * @typedef {object} LibraryRow
 * @property {string} id on the device if it is there, else on the server
 * @property {string} name
 * @property {number} timestamp
 * @property {number | null} durationMs
 * @property {number} sizeBytes
 * @property {string} mimeType
 * @property {boolean} onDevice
 * @property {boolean} onServer
 * @property {string | null} fileId its name on the server
 * @property {RecordingRow["state"]} state
 * @property {{state: UploadState, fraction: number, code: string | null} | null} upload
 * @property {RecordingRow["wanted"] | null} wanted where it shall go, if it is here
 * @property {Uint8Array | null} peaks decoded when they are asked for
 * @property {number | null} copying how much of it is here already, if it is being
 *   brought here
 */

/**
 * @typedef {object} UploadNews
 * @property {string} [fileId]
 * @property {UploadState} state
 * @property {number} ackBytes
 * @property {number | null} totalBytes
 * @property {string | null} code
 */

/**
 * @typedef {object} Holdings
 * @property {RecordingRow[]} recordings on the device
 * @property {ServerRecording[]} server
 * @property {number} serverAsOf when the server's list was read; 0: long ago
 * @property {Map<string, UploadNews>} uploads by the recording's id
 * @property {import("../core/types.js").OutboxRow[]} outbox changes the server
 *   has yet to hear of
 * @property {ServerUpload[]} [cut] takes that came to a halt, of any device
 * @property {(id: string) => number | null} [copying]
 */

/**
 * @param {Holdings} holdings
 * @returns {LibraryRow[]} the newest first
 */
export function mergeRows(holdings) {
  const server = applyOutbox(holdings.server, holdings.outbox);
  const rows = holdings.recordings.map((recording) => {
    const news = holdings.uploads.get(recording.id) ?? null;
    const copy = findCopy(recording, news, server);
    server.delete(copy?.id ?? "");
    return deviceRow(recording, copy, news, holdings);
  });
  const { copying = () => null } = holdings;
  const others = [...server.values()].map((copy) =>
    serverRow(copy, copying(copy.id)),
  );
  const cut = cutElsewhere(holdings).map(cutRow);
  return [...rows, ...others, ...cut].sort(
    (a, b) => b.timestamp - a.timestamp || (a.id < b.id ? -1 : 1),
  );
}

/**
 * The server's list as it will be.
 *
 * @param {ServerRecording[]} server
 * @param {Holdings["outbox"]} outbox
 * @returns {Map<string, ServerRecording>} by id
 */
function applyOutbox(server, outbox) {
  const rows = new Map(server.map((row) => [row.id, row]));
  for (const { kind, fileId, name } of outbox) {
    const row = rows.get(fileId);
    if (kind === "delete") {
      rows.delete(fileId);
    } else if (row && name !== undefined) {
      rows.set(fileId, { ...row, name });
    }
  }
  return rows;
}

/**
 * @param {RecordingRow} recording
 * @param {UploadNews | null} news
 * @param {Map<string, ServerRecording>} server
 */
function findCopy({ id, uploaded }, news, server) {
  const names = [uploaded?.fileId, news?.fileId, id];
  const known = names.find((name) => name !== undefined && server.has(name));
  return known === undefined ? null : (server.get(known) ?? null);
}

/**
 * @param {RecordingRow} recording
 * @param {ServerRecording | null} copy
 * @param {UploadNews | null} news
 * @param {Holdings} holdings
 * @returns {LibraryRow}
 */
function deviceRow(recording, copy, news, { serverAsOf, outbox }) {
  const { id, timestamp, durationMs, sizeBytes, mimeType, state } = recording;
  const { uploaded, peaks } = recording;
  const fileId = copy?.id ?? uploaded?.fileId ?? null;
  const isGone = outbox.some(
    (row) => row.kind === "delete" && row.fileId === fileId,
  );
  // A list that was read before the upload was done cannot know of it.
  const isNewer = uploaded !== null && uploaded.at >= serverAsOf;
  const onServer = copy !== null || (isNewer && !isGone);
  return {
    id,
    name: copy?.name ?? recording.name,
    timestamp,
    durationMs,
    sizeBytes,
    mimeType,
    onDevice: true,
    onServer,
    fileId,
    state,
    upload: onServer ? null : describeUpload(recording, news),
    wanted: recording.wanted,
    get peaks() {
      return peaks ?? peaksOf(copy);
    },
    copying: null,
  };
}

/**
 * @param {RecordingRow} recording
 * @param {UploadNews | null} news
 * @returns {LibraryRow["upload"]}
 */
function describeUpload({ wanted, uploaded, state }, news) {
  if (news && news.state !== "done") {
    const { ackBytes, totalBytes, code } = news;
    const fraction = totalBytes ? Math.min(1, ackBytes / totalBytes) : 0;
    return { state: news.state, fraction, code };
  }
  const isWaiting = wanted === "server" && !uploaded && state === "finished";
  return isWaiting ? { state: "queued", fraction: 0, code: null } : null;
}

/**
 * @param {ServerRecording} copy
 * @param {number | null} copying
 * @returns {LibraryRow}
 */
function serverRow(copy, copying) {
  const { id, name, timestamp, duration, size, mime_type } = copy;
  return {
    id,
    name,
    timestamp,
    durationMs: duration === null ? null : Math.round(duration * 1000),
    sizeBytes: size,
    mimeType: mime_type,
    onDevice: false,
    onServer: true,
    fileId: id,
    state: "finished",
    upload: null,
    wanted: null,
    get peaks() {
      return peaksOf(copy);
    },
    copying,
  };
}

/**
 * Takes of other devices: those of this one go on by themselves.
 *
 * @param {Holdings} holdings
 */
function cutElsewhere({ recordings, server, uploads, outbox, cut = [] }) {
  const known = new Set([
    ...recordings.flatMap(({ id, uploaded }) => [id, uploaded?.fileId]),
    ...[...uploads.values()].map(({ fileId }) => fileId),
    ...server.map(({ id }) => id),
    ...outbox.map(({ fileId }) => fileId),
  ]);
  return cut.filter(({ file_id: id }) => !known.has(id));
}

/**
 * @param {ServerUpload} upload
 * @returns {LibraryRow}
 */
function cutRow({
  file_id: id,
  file_name: name,
  created,
  prefix_bytes: bytes,
}) {
  return {
    id,
    name: name ?? id,
    timestamp: created,
    durationMs: null,
    sizeBytes: bytes,
    mimeType: "audio/webm",
    onDevice: false,
    onServer: true,
    fileId: id,
    state: "interrupted",
    upload: null,
    wanted: null,
    peaks: null,
    copying: null,
  };
}

/** @param {ServerRecording | null} copy */
function peaksOf(copy) {
  const studio = copy?.metadata?.waveforge;
  const isObject = typeof studio === "object" && studio !== null;
  return isObject && "peaks" in studio ? fromBase64(studio.peaks) : null;
}
