/**
 * A stretch of whole clusters of a WebM (webm.js) as a WebM of its own, which can
 * be read anywhere without being stored: the clusters are the file's but for their
 * time. It may grow as the file does.
 *
 *     header, 4096 bytes | lead | cluster | ... | Cues
 *
 * Where it begins in the middle, the lead has the packets before, which are not
 * played: a decoder needs half a second to settle wholly.
 */

import { CLUSTER_PACKETS, CUE_PACKETS } from "./webm.js";
import {
  HEADER_BYTES,
  ID,
  webmCluster,
  webmCues,
  webmHeader,
} from "./webm-elements.js";
import { OPUS_RATE, PACKET_FRAMES, PACKET_MS, preSkipOf } from "./opus.js";
import { children, concat, element, readHead, readUint, uint } from "./ebml.js";
import { readPadding, readTrack } from "./webm-scan.js";

/** @typedef {import("./ebml.js").Bytes} Bytes */
/** @typedef {(from: number, to: number) => Promise<Uint8Array>} Read of the file */

/**
 * @typedef {object} Entry a cluster of the part
 * @property {number} from in the file
 * @property {number} to in the file
 * @property {number} at in the part
 * @property {number} bytes in the part
 * @property {number} first its first packet in the part
 * @property {number} blocks where its blocks begin
 * @property {number} seconds of the recording up to its end
 */

export const LEAD_PACKETS = 25;
const STRIDE_BYTES = 1 << 20;
const CLUSTER_HEAD_BYTES = 8;
/** At most, of the Cues and of each point of them. */
const CUES_BYTES = 16;
const CUE_BYTES = 32;

/**
 * @param {Read} read
 * @param {{from: number, before: number | null}} place from: where its first
 *     cluster begins; before: the cluster ahead of that, if there is one
 * @returns {Promise<WebmPart | null>} null: the file is none of ours
 */
export async function openWebmPart(read, { from, before }) {
  const track = readTrack(await read(0, HEADER_BYTES));
  if (!track) {
    return null;
  }
  const lead =
    before === null
      ? []
      : packetsOf(await read(before, from)).slice(-LEAD_PACKETS);
  return new WebmPart(read, { track, from, lead });
}

export class WebmPart {
  #read;
  #track;
  #preSkip;
  #lead;
  /** @type {Entry[]} */
  #entries = [];
  /** @type {import("./webm-elements.js").CuePoint[]} */
  #cues = [];
  #packets;
  #padding = 0;
  #scanned;
  #isClosed = false;
  /** @type {Bytes} */
  #header;
  /** @type {Bytes} */
  #tail = new Uint8Array(0);
  /** How much of the recording there is up to its end. */
  seconds = 0;

  /**
   * @param {Read} read
   * @param {{track: import("./webm-elements.js").WebmTrack, from: number, lead: Uint8Array[]}} begin
   */
  constructor(read, { track, from, lead }) {
    this.#read = read;
    this.#scanned = from;
    this.#preSkip = preSkipOf(track.codecPrivate);
    this.#track = lead.length > 0 ? withPreSkip(track, lead.length) : track;
    this.#lead =
      lead.length > 0 ? webmCluster(0, lead, null) : new Uint8Array(0);
    this.#packets = lead.length;
    this.#header = webmHeader(this.#track, null);
    if (lead.length > 0) {
      this.#cues.push({ packet: 0, position: HEADER_BYTES });
    }
  }

  /** How far the file was read. */
  get scanned() {
    return this.#scanned;
  }

  get isEmpty() {
    return this.#entries.length === 0;
  }

  get size() {
    return this.#end + this.#tail.length;
  }

  /** What it plays, in seconds. */
  get length() {
    const skip = preSkipOf(this.#track.codecPrivate) + this.#padding;
    return Math.max(0, this.#packets * PACKET_FRAMES - skip) / OPUS_RATE;
  }

  get #end() {
    const last = this.#entries.at(-1);
    return last ? last.at + last.bytes : HEADER_BYTES + this.#lead.length;
  }

  /**
   * Takes in what clusters there are before `to` of the file.
   *
   * @param {number} to
   */
  async grow(to) {
    while (this.#scanned < to) {
      const from = this.#scanned;
      const most = Math.min(to, from + STRIDE_BYTES);
      const bytes = await this.#read(from, most);
      for (const cluster of children(bytes, 0, bytes.length)) {
        if (cluster.id !== ID.cluster) {
          this.#isClosed = cluster.id === ID.cues;
          return;
        }
        const whole = bytes.subarray(cluster.at, cluster.to);
        this.#add(whole, from + cluster.at);
      }
      if (this.#scanned === from) {
        return;
      }
    }
  }

  /**
   * @param {number} to
   * @returns {boolean} whether all before `to` of the file could be read, or all
   *   before the file's own Cues
   */
  isWhole(to) {
    return this.#isClosed || this.#scanned === to;
  }

  /**
   * @param {Uint8Array} cluster
   * @param {number} from in the file
   */
  #add(cluster, from) {
    const [time, ...blocks] = children(
      cluster,
      CLUSTER_HEAD_BYTES,
      cluster.length,
    );
    const first = this.#packets;
    const at = this.#end;
    const bytes = retime(cluster, time.to, first).length;
    const to = from + cluster.length;
    if (this.#entries.length % (CUE_PACKETS / CLUSTER_PACKETS) === 0) {
      this.#cues.push({ packet: first, position: at });
    }
    this.#packets += blocks.length;
    this.#scanned = to;
    const last = blocks[blocks.length - 1];
    this.#padding = last?.id === ID.blockGroup ? readPadding(cluster, last) : 0;
    const before =
      readUint(cluster, time.from, time.to - time.from) / PACKET_MS;
    const played =
      (before + blocks.length) * PACKET_FRAMES - this.#preSkip - this.#padding;
    const seconds = Math.max(0, played) / OPUS_RATE;
    this.seconds = seconds;
    const place = { from, to, at, bytes };
    this.#entries.push({ ...place, first, blocks: time.to, seconds });
  }

  /**
   * @param {number} most bytes that it may have when it is complete
   * @returns {import("./parts.js").PartEnd | null} where it has to end; null: not
   *     even a cluster fits
   */
  cutAt(most) {
    const fits = this.#entries.filter(
      ({ at, bytes }, i) => at + bytes + this.#cuesBytes(i + 1) <= most,
    );
    const last = fits.at(-1);
    return last
      ? { to: last.to, before: last.from, seconds: last.seconds }
      : null;
  }

  /** @param {number} clusters at most, what their Cues take */
  #cuesBytes(clusters) {
    const points = Math.ceil((clusters * CLUSTER_PACKETS) / CUE_PACKETS) + 1;
    return CUES_BYTES + points * CUE_BYTES;
  }

  /** Nothing follows: from now on it is complete. */
  close() {
    const cuesAt = this.#end;
    this.#tail = webmCues(this.#cues);
    this.#header = webmHeader(this.#track, {
      frames: Math.round(this.length * OPUS_RATE),
      cuesAt,
      sizeBytes: cuesAt + this.#tail.length,
    });
  }

  /**
   * @param {number} from
   * @param {number} to
   * @returns {Promise<Bytes>}
   */
  async read(from, to) {
    const within = this.#entries.filter(
      ({ at, bytes }) => at < to && at + bytes > from,
    );
    const clusters = await this.#readClusters(within);
    const pieces = [
      { at: 0, bytes: this.#header },
      { at: HEADER_BYTES, bytes: this.#lead },
      ...within.map(({ at }, i) => ({ at, bytes: clusters[i] })),
      { at: this.#end, bytes: this.#tail },
    ];
    const cut = pieces.map(({ at, bytes }) =>
      bytes.subarray(Math.max(0, from - at), Math.max(0, to - at)),
    );
    return concat(cut);
  }

  /** @param {Entry[]} entries one after the other */
  async #readClusters(entries) {
    if (entries.length === 0) {
      return [];
    }
    const [{ from }] = entries;
    const file = await this.#read(from, entries[entries.length - 1].to);
    return entries.map((entry) =>
      retime(
        file.subarray(entry.from - from, entry.to - from),
        entry.blocks,
        entry.first,
      ),
    );
  }
}

/**
 * @param {Uint8Array} cluster
 * @param {number} blocksAt where its blocks begin
 * @param {number} first the packet it begins with
 */
function retime(cluster, blocksAt, first) {
  const time = element(ID.timestamp, [uint(first * PACKET_MS)]);
  return element(ID.cluster, [time, cluster.subarray(blocksAt)], 4);
}

/** @param {Uint8Array} cluster @returns {Uint8Array[]} of simple blocks */
function packetsOf(cluster) {
  const head = readHead(cluster, 0);
  return [...children(cluster, head?.bytes ?? 0, cluster.length)]
    .filter(({ id }) => id === ID.simpleBlock)
    .map(({ from, to }) => cluster.slice(from + BLOCK_HEAD_BYTES, to));
}

/** Track number, time, flags. */
const BLOCK_HEAD_BYTES = 4;

/**
 * @param {import("./webm-elements.js").WebmTrack} track
 * @param {number} packets that are not played
 */
function withPreSkip(track, packets) {
  const codecPrivate = track.codecPrivate.slice();
  const preSkip = packets * PACKET_FRAMES;
  codecPrivate[10] = preSkip & 0xff;
  codecPrivate[11] = preSkip >> 8;
  return { ...track, codecPrivate };
}
