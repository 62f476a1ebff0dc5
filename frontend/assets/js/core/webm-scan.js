/**
 * Reads back a WebM that webm.js wrote, as far as it is whole: what follows the
 * last whole cluster (half a cluster, zeros a crash left, Cues) does not count.
 * Only our own layout is understood; anything else ends the scan.
 */

import { CLUSTER_PACKETS, CUE_PACKETS, HEADER_BYTES } from "./webm.js";
import { ID, SEGMENT_FROM } from "./webm-elements.js";
import { OPUS_RATE, PACKET_MS } from "./opus.js";
import { children, readHead, readUint } from "./ebml.js";

/** @typedef {import("./webm.js").WebmState} WebmState */
/** @typedef {import("./webm-elements.js").WebmTrack} WebmTrack */

/**
 * Random access to bytes. `read` returns fewer bytes at the end.
 *
 * @typedef {object} ByteSource
 * @property {number} size
 * @property {(from: number, length: number) => Uint8Array | Promise<Uint8Array>} read
 */

const CLUSTER_HEAD_BYTES = 8;
const CLUSTER_MOST_BYTES = 1 << 20;

/**
 * What is whole in `source`, for createWebmWriter() to go on from; null if not
 * even the header is.
 *
 * @param {ByteSource} source
 * @param {{isOpen?: boolean}} [options]  isOpen: a cluster that closes the track
 *     does not count either, so that more can follow
 * @returns {Promise<(WebmState & {track: WebmTrack}) | null>}
 */
export async function scanWebm(source, { isOpen = false } = {}) {
  const track = readTrack(await source.read(0, HEADER_BYTES));
  if (!track) {
    return null;
  }
  /** @type {WebmState} */
  let state = { packets: 0, position: HEADER_BYTES, cues: [], padding: null };
  for (;;) {
    const next = state.padding === null ? await nextState(source, state) : null;
    if (!next || (isOpen && next.padding !== null)) {
      return { ...state, track };
    }
    state = next;
  }
}

/**
 * @param {Uint8Array} header
 * @returns {WebmTrack | null}
 */
export function readTrack(header) {
  if (header.length < HEADER_BYTES || readHead(header, 0)?.id !== ID.ebml) {
    return null;
  }
  const entry = find(header, [ID.tracks, ID.trackEntry], SEGMENT_FROM);
  const codecPrivate = entry && find(header, [ID.codecPrivate], ...entry);
  const channels = entry && find(header, [ID.audio, ID.channels], ...entry);
  if (!codecPrivate || !channels) {
    return null;
  }
  return {
    codecPrivate: header.slice(...codecPrivate),
    channels: readUint(header, channels[0], channels[1] - channels[0]),
  };
}

/**
 * The body of the first element on a path of ids, as `[from, to]`.
 *
 * @param {Uint8Array} bytes
 * @param {number[]} path
 * @param {number} from
 * @param {number} [to]
 * @returns {[number, number] | null}
 */
function find(bytes, [id, ...path], from, to = bytes.length) {
  for (const child of children(bytes, from, to)) {
    if (child.id === id) {
      return path.length > 0
        ? find(bytes, path, child.from, child.to)
        : [child.from, child.to];
    }
  }
  return null;
}

/**
 * @param {ByteSource} source
 * @param {WebmState} state
 * @returns {Promise<WebmState | null>}
 */
async function nextState(source, state) {
  const cluster = await readCluster(source, state.position);
  const found = cluster && readBlocks(cluster, state.packets);
  if (!found) {
    return null;
  }
  const { packets, position, cues } = state;
  return {
    packets: packets + found.blocks,
    position: position + cluster.length,
    cues:
      packets % CUE_PACKETS ? cues : [...cues, { packet: packets, position }],
    padding: found.padding,
  };
}

/**
 * @param {ByteSource} source
 * @param {number} at
 */
async function readCluster(source, at) {
  const head = readHead(await source.read(at, CLUSTER_HEAD_BYTES), 0);
  if (head?.id !== ID.cluster || head.size > CLUSTER_MOST_BYTES) {
    return null;
  }
  const bytes = await source.read(at, head.bytes + head.size);
  return bytes.length === head.bytes + head.size ? bytes : null;
}

/**
 * The blocks of a cluster whose first packet must have index `first`; null if
 * it is not as we write them.
 *
 * @param {Uint8Array} cluster
 * @param {number} first
 * @returns {{blocks: number, padding: number | null} | null}
 */
function readBlocks(cluster, first) {
  const [time, ...blocks] = children(
    cluster,
    CLUSTER_HEAD_BYTES,
    cluster.length,
  );
  const last = blocks.at(-1);
  if (
    time?.id !== ID.timestamp ||
    readUint(cluster, time.from, time.to - time.from) !== first * PACKET_MS ||
    last?.to !== cluster.length
  ) {
    return null;
  }
  const closes = last.id === ID.blockGroup;
  const simple = closes ? blocks.slice(0, -1) : blocks;
  const whole =
    simple.every((block) => block.id === ID.simpleBlock) &&
    (closes || blocks.length === CLUSTER_PACKETS);
  return whole
    ? {
        blocks: blocks.length,
        padding: closes ? readPadding(cluster, last) : null,
      }
    : null;
}

/**
 * @param {Uint8Array} cluster
 * @param {{from: number, to: number}} group
 */
export function readPadding(cluster, group) {
  const body = find(cluster, [ID.discardPadding], group.from, group.to);
  const ns = body ? readUint(cluster, body[0], body[1] - body[0]) : 0;
  return Math.round((ns * OPUS_RATE) / 1e9);
}
