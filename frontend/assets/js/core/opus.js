/**
 * Opus as WebM carries it: packets of 20 ms on one grid of 48 kHz frames, and
 * the identification header (OpusHead, RFC 7845 section 5.1).
 */

import { ascii, concat } from "./ebml.js";

export const OPUS_RATE = 48000;
export const PACKET_FRAMES = 960;
export const PACKET_MS = 20;

/**
 * Frames the decoder throws away at the beginning, from an OpusHead.
 *
 * @param {Uint8Array} opusHead
 */
export function preSkipOf(opusHead) {
  return opusHead[10] | (opusHead[11] << 8);
}

/**
 * An OpusHead for an encoder that does not hand out its own.
 *
 * @param {number} channels  1 or 2
 * @param {number} preSkip  frames
 */
export function opusHead(channels, preSkip) {
  const rest = new Uint8Array(11);
  const view = new DataView(rest.buffer);
  rest[0] = 1;
  rest[1] = channels;
  view.setUint16(2, preSkip, true);
  view.setUint32(4, OPUS_RATE, true);
  return concat([ascii("OpusHead"), rest]);
}

/**
 * Packets that hold `frames` of audio after a pre-skip.
 *
 * @param {number} frames
 * @param {number} preSkip
 */
export function packetsFor(frames, preSkip) {
  return Math.ceil((frames + preSkip) / PACKET_FRAMES);
}

/** Frames of CELT, SILK and hybrid packets by the configuration in their TOC. */
const SILK_FRAMES = [480, 960, 1920, 2880];
const HYBRID_FRAMES = [480, 960];
const CELT_FRAMES = [120, 240, 480, 960];

/**
 * What a packet plays (RFC 6716 section 3.1), at 48 kHz.
 *
 * @param {Uint8Array} packet
 */
export function framesOfPacket(packet) {
  const config = packet[0] >> 3;
  const lengths =
    config < 12 ? SILK_FRAMES : config < 16 ? HYBRID_FRAMES : CELT_FRAMES;
  const code = packet[0] & 3;
  const count = code === 0 ? 1 : code === 3 ? packet[1] & 63 : 2;
  return count * lengths[config % lengths.length];
}
