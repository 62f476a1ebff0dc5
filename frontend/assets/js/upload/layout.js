/**
 * How far an upload has come, and how it goes on: pure.
 *
 * Two layouts. *clusters*: a take that is still running; chunk 0 is its header,
 * provisional, every further chunk ends at a cluster's end, in order, one at a
 * time, and its total is told with the last. *fixed*: a finished recording;
 * chunks of one size, in any order, several at a time.
 *
 * What the server has of a take is always a prefix of the file here, so going on
 * means: at byte `prefix_bytes`, as chunk `prefix_chunks`.
 *
 * @module
 */

import { countChunks } from "./chunks.js";

/** @typedef {import("./chunks.js").Chunk} Chunk */
/** @typedef {import("./chunks.js").Source} Source */

/**
 * @typedef {object} Layout
 * @property {"clusters" | "fixed"} kind
 * @property {number} nextIndex of clusters: index of the next chunk
 * @property {number} ackBytes acknowledged by the server
 * @property {boolean} isProvisional of clusters: the server's header is not final
 * @property {number} chunkSize of fixed; else 0
 * @property {[number, number][]} missing of fixed: ranges of indexes, inclusive
 */

/**
 * The server's account of an upload (GET /upload/{id}).
 *
 * @typedef {object} UploadStatus
 * @property {number | null} total_chunks
 * @property {number | null} chunk_size
 * @property {number} received_bytes
 * @property {number} prefix_chunks
 * @property {number} prefix_bytes
 * @property {boolean} provisional
 * @property {[number, number][]} missing
 * @property {boolean} [more]
 */

/**
 * @param {Source} source
 * @param {number} chunkSize what the server advises
 * @returns {Layout} for an upload of which the server has nothing
 */
export function planStart(source, chunkSize) {
  if (!source.isFinished) {
    return clusters({ nextIndex: 0, ackBytes: 0, isProvisional: true });
  }
  const last = countChunks(source.availableBytes, chunkSize) - 1;
  return fixed({ chunkSize, ackBytes: 0, missing: [[0, last]] });
}

/**
 * @param {UploadStatus} status
 * @param {Source} source
 * @returns {Layout | null} null if what the server has does not belong to these
 *   bytes, so that another upload has to be begun
 */
export function planResume(status, source) {
  if (status.received_bytes > source.availableBytes) {
    return null;
  }
  return status.chunk_size === null
    ? resumeClusters(status, source)
    : resumeFixed(status, status.chunk_size, source);
}

/**
 * @param {UploadStatus} status
 * @param {Source} source
 */
function resumeClusters(status, source) {
  const isWhole =
    source.isFinished && status.prefix_bytes === source.availableBytes;
  const isClosed =
    status.total_chunks !== null && status.prefix_chunks >= status.total_chunks;
  if (isClosed && !isWhole) {
    return null;
  }
  return clusters({
    nextIndex: status.prefix_chunks,
    ackBytes: status.prefix_bytes,
    isProvisional: status.provisional,
  });
}

/**
 * @param {UploadStatus} status
 * @param {number} chunkSize
 * @param {Source} source
 */
function resumeFixed(status, chunkSize, source) {
  const total = countChunks(source.availableBytes, chunkSize);
  if (!source.isFinished || (status.total_chunks ?? total) !== total) {
    return null;
  }
  const isListed = status.total_chunks !== null && !status.more;
  /** @type {[number, number][]} */
  const tail =
    status.prefix_chunks < total ? [[status.prefix_chunks, total - 1]] : [];
  return fixed({
    chunkSize,
    ackBytes: isListed ? status.received_bytes : status.prefix_bytes,
    missing: isListed ? status.missing : tail,
  });
}

/** @param {{nextIndex: number, ackBytes: number, isProvisional: boolean}} begun
 * @returns {Layout} */
function clusters(begun) {
  return { kind: "clusters", chunkSize: 0, missing: [], ...begun };
}

/** @param {{chunkSize: number, ackBytes: number, missing: [number, number][]}} begun
 * @returns {Layout} */
function fixed(begun) {
  return { kind: "fixed", nextIndex: 0, isProvisional: false, ...begun };
}

/**
 * @param {Layout} layout
 * @param {Chunk} chunk that the server has now
 * @returns {Layout}
 */
export function acknowledge(layout, chunk) {
  const bytes = chunk.to - chunk.from;
  if (layout.kind === "fixed") {
    const missing = layout.missing.flatMap((range) => cut(range, chunk.index));
    return { ...layout, missing, ackBytes: layout.ackBytes + bytes };
  }
  if (chunk.index === 0 && layout.nextIndex > 0) {
    return { ...layout, isProvisional: false };
  }
  const nextIndex = chunk.index + 1;
  return { ...layout, nextIndex, ackBytes: chunk.to };
}

/**
 * @param {[number, number]} range
 * @param {number} index to be taken out
 * @returns {[number, number][]}
 */
function cut([first, last], index) {
  if (index < first || index > last) {
    return [[first, last]];
  }
  /** @type {[number, number][]} */
  const rest = [
    [first, index - 1],
    [index + 1, last],
  ];
  return rest.filter(([from, to]) => from <= to);
}

/**
 * @param {Layout} layout
 * @param {Source} source
 * @returns {boolean} whether the server has every byte, in its final form
 */
export function isSent(layout, source) {
  if (!source.isFinished) {
    return false;
  }
  return layout.kind === "fixed"
    ? layout.missing.length === 0
    : layout.nextIndex > 0 &&
        layout.ackBytes === source.availableBytes &&
        !layout.isProvisional;
}

/**
 * @param {Layout} layout
 * @param {Source} source
 */
export function totalChunks(layout, source) {
  return layout.kind === "fixed"
    ? countChunks(source.availableBytes, layout.chunkSize)
    : layout.nextIndex;
}
