/**
 * The library's rows: what is on this device and what is on the server, a
 * recording that is on both being one row. Pure.
 *
 * @module
 */
import { fromBase64 } from "../core/base64.js";
import { momentsOf } from "../core/markers.js";
import { copiesOf, isUploaded } from "../core/parts.js";

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
 * @property {{state: UploadState, fraction: number, code: string | null, retryAt?: number | null} | null} upload
 * @property {RecordingRow["wanted"] | null} wanted where it shall go, if it is here
 * @property {Uint8Array | null} peaks decoded when they are asked for
 * @property {import("../core/markers.js").Moment[]} [moments] of it, when they are
 *   asked for
 * @property {{fileId: string, onServer: boolean}[]} parts of it on the server, where it
 *   is more than one recording there
 * @property {number | null} copying how much of it is here already, if it is being
 *   brought here
 * @property {{deletedAt: number, goesAt: number}} [trashed] of one in the trash
 */

/**
 * @typedef {object} UploadNews
 * @property {string} [fileId]
 * @property {UploadState} state
 * @property {number} ackBytes
 * @property {number | null} totalBytes
 * @property {string | null} code
 * @property {number | null} [retryAt]
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
    const parts = partsOf(recording, server, holdings);
    server.delete(copy?.id ?? "");
    parts.forEach(({ fileId }) => server.delete(fileId));
    return deviceRow(recording, { copy, parts }, news, holdings);
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
 * @param {Map<string, ServerRecording>} server
 * @param {Holdings} holdings
 * @returns {LibraryRow["parts"]} those that are, or were, verified
 */
function partsOf({ parts = [] }, server, holdings) {
  return parts.flatMap(({ uploaded }) => {
    if (!uploaded) {
      return [];
    }
    const { fileId } = uploaded;
    const onServer = server.has(fileId) || isToCome(uploaded, holdings);
    return [{ fileId, onServer }];
  });
}

/**
 * A list that was read before the upload was done cannot know of it.
 *
 * @param {import("../core/types.js").UploadedCopy} copy
 * @param {Holdings} holdings
 */
function isToCome({ fileId, at }, { serverAsOf, outbox }) {
  const isGone = outbox.some(
    (row) => row.kind === "delete" && row.fileId === fileId,
  );
  return at >= serverAsOf && !isGone;
}

/**
 * @param {ServerRecording | null} copy
 * @param {import("../core/types.js").UploadedCopy | null} uploaded
 * @param {Holdings} holdings
 */
function isThere(copy, uploaded, holdings) {
  return copy !== null || (uploaded !== null && isToCome(uploaded, holdings));
}

/**
 * @param {LibraryRow} row
 * @returns {string[]} of its recordings on the server, in the order they are heard
 */
export function fileIdsOf({ parts, fileId, onServer }) {
  if (parts.length > 0) {
    return parts.map((part) => part.fileId);
  }
  return onServer && fileId !== null ? [fileId] : [];
}

/**
 * @param {RecordingRow} recording
 * @param {{copy: ServerRecording | null, parts: LibraryRow["parts"]}} found
 * @param {UploadNews | null} news
 * @param {Holdings} holdings
 * @returns {LibraryRow}
 */
function deviceRow(recording, { copy, parts }, news, holdings) {
  const { id, timestamp, durationMs, sizeBytes, mimeType, state } = recording;
  const { uploaded, peaks } = recording;
  const isOne = recording.parts === undefined;
  const one = copy?.id ?? uploaded?.fileId ?? null;
  const fileId = isOne ? one : (parts[0]?.fileId ?? null);
  const onServer = isOne
    ? isThere(copy, uploaded, holdings)
    : isUploaded(recording) && parts.every((part) => part.onServer);
  return {
    id,
    name: (isOne && copy?.name) || recording.name,
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
    parts,
    get peaks() {
      return peaks ?? peaksOf(copy);
    },
    get moments() {
      return momentsOf(recording);
    },
    copying: null,
  };
}

/**
 * @param {RecordingRow} recording
 * @param {UploadNews | null} news
 * @returns {LibraryRow["upload"]}
 */
function describeUpload({ wanted, state, ...copies }, news) {
  if (news && news.state !== "done") {
    const { ackBytes, totalBytes, code, retryAt = null } = news;
    const fraction = totalBytes ? Math.min(1, ackBytes / totalBytes) : 0;
    return { state: news.state, fraction, code, retryAt };
  }
  const isWished = wanted === "server" && state === "finished";
  return isWished && !isUploaded(copies)
    ? { state: "queued", fraction: 0, code: null }
    : null;
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
    parts: [],
    get peaks() {
      return peaksOf(copy);
    },
    get moments() {
      return momentsOf(copy.metadata?.waveforge);
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
    ...recordings.flatMap((row) => [
      row.id,
      ...copiesOf(row).map(({ fileId }) => fileId),
    ]),
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
    parts: [],
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
