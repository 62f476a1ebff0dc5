/**
 * The elements of our WebM files (RFC 9559): header, cluster, Cues. webm.js says
 * how they follow each other.
 */

import { OPUS_RATE, PACKET_MS, preSkipOf } from "./opus.js";
import {
  ascii,
  concat,
  element,
  float64,
  uint,
  unknownSize,
  vint,
  voidElement,
} from "./ebml.js";

/**
 * @typedef {object} WebmTrack
 * @property {number} channels
 * @property {Uint8Array} codecPrivate  an OpusHead
 */

/**
 * @typedef {object} CuePoint
 * @property {number} packet  index of the cluster's first packet
 * @property {number} position  of the cluster in the file
 */

export const HEADER_BYTES = 4096;

export const ID = Object.freeze({
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  codecPrivate: 0x63a2,
  audio: 0xe1,
  channels: 0x9f,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  discardPadding: 0x75a2,
  cues: 0x1c53bb6b,
});

const INFO_ID = 0x1549a966;
const SEGMENT_SIZE_BYTES = 8;
const SEEK_ROOM_BYTES = 96;
const DURATION_BYTES = 11;
const KEYFRAME = 0x80;

const EBML_HEADER = element(ID.ebml, [
  element(0x4286, [uint(1)]),
  element(0x42f7, [uint(1)]),
  element(0x42f2, [uint(4)]),
  element(0x42f3, [uint(8)]),
  element(0x4282, [ascii("webm")]),
  element(0x4287, [uint(4)]),
  element(0x4285, [uint(2)]),
]);

/** Where the Segment's body begins: positions inside it count from here. */
export const SEGMENT_FROM = EBML_HEADER.length + 4 + SEGMENT_SIZE_BYTES;

/**
 * The first HEADER_BYTES of a file.
 *
 * @param {WebmTrack} track
 * @param {{frames: number, cuesAt: number, sizeBytes: number} | null} end
 *     null: not known yet
 */
export function webmHeader(track, end) {
  const info = webmInfo(end && end.frames);
  const tracks = webmTracks(track);
  const infoAt = SEEK_ROOM_BYTES;
  const seeks = [
    seek(INFO_ID, infoAt),
    seek(ID.tracks, infoAt + info.length),
    ...(end ? [seek(ID.cues, end.cuesAt - SEGMENT_FROM)] : []),
  ];
  const seekHead = element(0x114d9b74, seeks);
  const used = concat([
    EBML_HEADER,
    uint(ID.segment),
    end
      ? vint(end.sizeBytes - SEGMENT_FROM, SEGMENT_SIZE_BYTES)
      : unknownSize(SEGMENT_SIZE_BYTES),
    seekHead,
    voidElement(SEEK_ROOM_BYTES - seekHead.length),
    info,
    tracks,
  ]);
  return concat([used, voidElement(HEADER_BYTES - used.length)]);
}

/**
 * @param {number} id
 * @param {number} position
 */
function seek(id, position) {
  return element(0x4dbb, [
    element(0x53ab, [uint(id)]),
    element(0x53ac, [uint(position, 8)]),
  ]);
}

/** @param {number | null} frames */
function webmInfo(frames) {
  return element(INFO_ID, [
    element(0x2ad7b1, [uint(1_000_000)]),
    frames === null
      ? voidElement(DURATION_BYTES)
      : element(0x4489, [float64((frames * 1000) / OPUS_RATE)]),
    element(0x4d80, [ascii("WaveForge")]),
    element(0x5741, [ascii("WaveForge")]),
  ]);
}

/** @param {WebmTrack} track */
function webmTracks(track) {
  const entry = element(ID.trackEntry, [
    element(0xd7, [uint(1)]),
    element(0x73c5, [uint(1)]),
    element(0x83, [uint(2)]),
    element(0x9c, [uint(0)]),
    element(0x22b59c, [ascii("und")]),
    element(0x86, [ascii("A_OPUS")]),
    element(ID.codecPrivate, [track.codecPrivate]),
    element(0x56aa, [uint(nanoseconds(preSkipOf(track.codecPrivate)))]),
    element(0x56bb, [uint(80_000_000)]),
    element(0x23e383, [uint(PACKET_MS * 1_000_000)]),
    element(ID.audio, [
      element(0xb5, [float64(OPUS_RATE)]),
      element(ID.channels, [uint(track.channels)]),
    ]),
  ]);
  return element(ID.tracks, [entry]);
}

/** @param {number} frames */
function nanoseconds(frames) {
  return Math.round((frames * 1e9) / OPUS_RATE);
}

/**
 * A cluster, complete.
 *
 * @param {number} first  index of its first packet
 * @param {Uint8Array[]} packets
 * @param {number | null} padding  frames to cut from the last packet;
 *     null: not the last cluster
 */
export function webmCluster(first, packets, padding) {
  const closing = padding === null ? -1 : packets.length - 1;
  return element(
    ID.cluster,
    [
      element(ID.timestamp, [uint(first * PACKET_MS)]),
      ...packets.map((packet, i) =>
        i === closing
          ? closingBlock(i, packet, /** @type {number} */ (padding))
          : element(ID.simpleBlock, [blockHead(i, KEYFRAME), packet]),
      ),
    ],
    4,
  );
}

/**
 * @param {number} inCluster
 * @param {number} flags
 */
function blockHead(inCluster, flags) {
  return concat([vint(1), uint(inCluster * PACKET_MS, 2), uint(flags)]);
}

/**
 * @param {number} inCluster
 * @param {Uint8Array} packet
 * @param {number} padding
 */
function closingBlock(inCluster, packet, padding) {
  return element(ID.blockGroup, [
    element(ID.block, [blockHead(inCluster, 0), packet]),
    element(ID.discardPadding, [uint(nanoseconds(padding), 4)]),
  ]);
}

/** @param {CuePoint[]} cues */
export function webmCues(cues) {
  return element(
    ID.cues,
    cues.map(({ packet, position }) =>
      element(0xbb, [
        element(0xb3, [uint(packet * PACKET_MS)]),
        element(0xb7, [
          element(0xf7, [uint(1)]),
          element(0xf1, [uint(position - SEGMENT_FROM)]),
        ]),
      ]),
    ),
  );
}
