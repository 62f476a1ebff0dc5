/**
 * PCM of a take as it lies on the device: blocks that each say where they belong
 * and carry a CRC-32, so that after a crash what is whole can be told from what
 * is not. Little endian:
 *
 *     0 "WFP1" | 4 sequence | 8 first frame, 64 bits | 16 rate | 20 frames |
 *     24 channels, 3 zeros | 28 CRC-32 of all the rest | 32 samples, 24 bits,
 *     interleaved
 */

import { FULL_SCALE, SAMPLE_BYTES, putSamples } from "./pcm24.js";

/** @typedef {import("./ebml.js").Bytes} Bytes */
/** @typedef {import("./webm-scan.js").ByteSource} ByteSource */

/**
 * @typedef {object} PcmBlock
 * @property {number} sequence  counts the blocks of a file from 0
 * @property {number} first  the take's frame it begins with
 * @property {number} rate
 * @property {Float32Array[]} channels  all of one length
 */

export const BLOCK_HEAD_BYTES = 32;

const MAGIC = 0x31504657;
const CRC_AT = 28;
const MOST_FRAMES = 1 << 20;
const CRC_TABLE = crcTable();

/**
 * @param {PcmBlock} block
 * @returns {Bytes}
 */
export function encodeBlock({ sequence, first, rate, channels }) {
  const frames = channels[0].length;
  const bytes = new Uint8Array(
    BLOCK_HEAD_BYTES + frames * channels.length * SAMPLE_BYTES,
  );
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, sequence, true);
  view.setBigUint64(8, BigInt(first), true);
  view.setUint32(16, rate, true);
  view.setUint32(20, frames, true);
  view.setUint8(24, channels.length);
  putSamples(bytes, BLOCK_HEAD_BYTES, channels);
  view.setUint32(CRC_AT, blockCrc(bytes), true);
  return bytes;
}

/**
 * The whole blocks of a file from its beginning, in order; ends at the first
 * that is cut, damaged or out of sequence, and returns where that would be.
 *
 * @param {ByteSource} source
 * @returns {AsyncGenerator<PcmBlock, number>}
 */
export async function* readBlocks(source) {
  let at = 0;
  for (let sequence = 0; ; sequence++) {
    const length = blockLength(await source.read(at, BLOCK_HEAD_BYTES));
    const bytes = length > 0 ? await source.read(at, length) : null;
    const block = bytes && decodeBlock(bytes, length);
    if (block?.sequence !== sequence) {
      return at;
    }
    yield block;
    at += length;
  }
}

/**
 * Bytes of the block with this head; 0 if it is none.
 *
 * @param {Uint8Array} head
 */
function blockLength(head) {
  if (head.length < BLOCK_HEAD_BYTES) {
    return 0;
  }
  const view = viewOf(head);
  const frames = view.getUint32(20, true);
  const sane = view.getUint32(0, true) === MAGIC && frames <= MOST_FRAMES;
  return sane
    ? BLOCK_HEAD_BYTES + frames * view.getUint8(24) * SAMPLE_BYTES
    : 0;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} length
 * @returns {PcmBlock | null}
 */
function decodeBlock(bytes, length) {
  if (bytes.length < length) {
    return null;
  }
  const view = viewOf(bytes);
  if (view.getUint32(CRC_AT, true) !== blockCrc(bytes)) {
    return null;
  }
  const count = view.getUint8(24);
  const frames = view.getUint32(20, true);
  return {
    sequence: view.getUint32(4, true),
    first: Number(view.getBigUint64(8, true)),
    rate: view.getUint32(16, true),
    channels: Array.from({ length: count }, (_, channel) =>
      getSamples(bytes, frames, channel, count),
    ),
  };
}

/**
 * @param {Uint8Array} bytes
 * @param {number} frames
 * @param {number} channel
 * @param {number} count  of channels
 */
function getSamples(bytes, frames, channel, count) {
  const samples = new Float32Array(frames);
  let at = BLOCK_HEAD_BYTES + channel * SAMPLE_BYTES;
  for (let i = 0; i < frames; i++) {
    const high = (bytes[at + 2] << 24) >> 8;
    samples[i] = (high | (bytes[at + 1] << 8) | bytes[at]) / FULL_SCALE;
    at += count * SAMPLE_BYTES;
  }
  return samples;
}

/** @param {Uint8Array} bytes */
function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * CRC-32 (ISO-HDLC, as in zip) of a block without its own CRC field.
 *
 * @param {Uint8Array} bytes
 */
function blockCrc(bytes) {
  const head = crc(0xffffffff, bytes, 0, CRC_AT);
  return ~crc(head, bytes, BLOCK_HEAD_BYTES, bytes.length) >>> 0;
}

/**
 * @param {number} start
 * @param {Uint8Array} bytes
 * @param {number} from
 * @param {number} to
 */
function crc(start, bytes, from, to) {
  let value = start;
  for (let i = from; i < to; i++) {
    value = CRC_TABLE[(value ^ bytes[i]) & 0xff] ^ (value >>> 8);
  }
  return value;
}

function crcTable() {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) {
      value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    }
    return value;
  });
}
