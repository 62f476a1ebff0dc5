/**
 * A live WebM of one Opus track that seeks (RFC 9559; RFC 8794 for the bytes).
 *
 *     header, 4096 bytes | cluster of 50 packets | cluster | ... | Cues
 *
 * The header is complete from the start but for what only the end knows: size of
 * the Segment, Duration, and where the Cues are. Room for these is kept, so the
 * final header has the same length and takes the provisional one's place. Bytes
 * once returned never change otherwise: they may be stored and sent as they come.
 *
 * A file cut anywhere goes on from what scanWebm() (webm-scan.js) finds.
 *
 *     const writer = createWebmWriter(track);
 *     write(writer.header());
 *     for each packet: cluster = writer.add(packet); if (cluster) write(cluster);
 *     const { tail, header } = writer.finish(frames);
 *     write(tail); write header over the first 4096 bytes
 */

import {
  HEADER_BYTES,
  webmCluster,
  webmCues,
  webmHeader,
} from "./webm-elements.js";
import { PACKET_FRAMES, preSkipOf } from "./opus.js";
import { concat } from "./ebml.js";

/** @typedef {import("./ebml.js").Bytes} Bytes */
/** @typedef {import("./webm-elements.js").CuePoint} CuePoint */
/** @typedef {import("./webm-elements.js").WebmTrack} WebmTrack */

/**
 * Where a writer is in its file.
 *
 * @typedef {object} WebmState
 * @property {number} packets  packets in whole clusters
 * @property {number} position  bytes of header and whole clusters
 * @property {CuePoint[]} cues
 * @property {number | null} padding  frames cut from the last packet, if the
 *     last cluster closes the track
 */

export { HEADER_BYTES };
export const CLUSTER_PACKETS = 50;
export const CUE_PACKETS = 250;

/**
 * @param {WebmTrack} track
 * @param {WebmState} [from]  where to go on; the beginning by default
 */
export function createWebmWriter(track, from) {
  const preSkip = preSkipOf(track.codecPrivate);
  let { packets, position } = from ?? { packets: 0, position: HEADER_BYTES };
  const cues = from ? [...from.cues] : [];
  const closedBy = from?.padding ?? 0;
  /** @type {Uint8Array[]} */
  let waiting = [];

  /** @param {Bytes} cluster */
  function commit(cluster) {
    if (packets % CUE_PACKETS === 0) {
      cues.push({ packet: packets, position });
    }
    packets += waiting.length;
    position += cluster.length;
    waiting = [];
    return cluster;
  }

  return {
    /** Packets taken so far. */
    get packets() {
      return packets + waiting.length;
    },

    /** Bytes of the header and of the clusters returned so far. */
    get position() {
      return position;
    },

    /** The provisional header. */
    header: () => webmHeader(track, null),

    /**
     * Takes the next 20 ms. Returns a cluster when one is full and is not the
     * last, so one packet late.
     *
     * @param {Uint8Array} packet
     * @returns {Bytes | null}
     */
    add(packet) {
      const full = waiting.length === CLUSTER_PACKETS;
      const cluster = full ? commit(webmCluster(packets, waiting, null)) : null;
      waiting.push(packet);
      return cluster;
    },

    /**
     * Closes the track so that it plays exactly `frames` (at 48 kHz), which
     * must end within the last packet. Returns the rest of the file and its
     * final header.
     *
     * @param {number} frames
     */
    finish(frames) {
      const spare =
        (packets + waiting.length) * PACKET_FRAMES - preSkip - frames;
      if (
        spare < 0 ||
        spare > (waiting.length ? PACKET_FRAMES - 1 : closedBy)
      ) {
        throw new RangeError(`${frames} frames do not end in the last packet`);
      }
      const rest = waiting.length
        ? commit(webmCluster(packets, waiting, spare))
        : new Uint8Array(0);
      const cuesElement = webmCues(cues);
      const header = webmHeader(track, {
        frames,
        cuesAt: position,
        sizeBytes: position + cuesElement.length,
      });
      return { tail: concat([rest, cuesElement]), header };
    },
  };
}

/**
 * Frames that `packets` whole packets play.
 *
 * @param {WebmTrack} track
 * @param {number} packets
 */
export function framesOfPackets(track, packets) {
  return Math.max(0, packets * PACKET_FRAMES - preSkipOf(track.codecPrivate));
}
