/**
 * What stands before the frames of an MP3: tags (ID3v2.4), and an Info frame that
 * says how many frames follow and what of them is not to be heard, so that players
 * play exactly what was encoded. Pure.
 *
 * @module
 */
import { ascii, concat } from "./ebml.js";

/** Frames that LAME puts before the first sample. */
export const ENCODER_DELAY = 576;

/** Frames, bytes, a table of contents and a quality; then LAME's part. */
const ALL_FIELDS = 15;
const CONTENTS = 100;
const LAME_AT = 120;
const INFO_BYTES = LAME_AT + 36;
const UTF_8 = 3;

/** Bit rates in kbit/s by index, and rates in Hz, of MPEG 1. */
const BIT_RATES = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256];
const SAMPLE_RATES = [44_100, 48_000, 32_000];
const FRAME_SAMPLES = 1152;
const MONO = 3;

/**
 * A frame of silence that holds the numbers. It is as long whatever they are.
 *
 * @param {Uint8Array} first the first frame that follows, of MPEG 1
 * @param {object} count
 * @param {number} count.frames that follow
 * @param {number} count.bytes of them
 * @param {number} count.heard samples that were encoded
 */
export function infoFrame(first, { frames, bytes, heard }) {
  const from = 4 + (first[3] >> 6 === MONO ? 17 : 32);
  const { index, length } = frameFor(first, from + INFO_BYTES);
  const frame = new Uint8Array(length);
  frame.set([first[0], first[1] | 1, (index << 4) | (first[2] & 0x0c)]);
  frame[3] = first[3];
  const view = new DataView(frame.buffer);
  frame.set(ascii("Info"), from);
  view.setUint32(from + 4, ALL_FIELDS);
  view.setUint32(from + 8, frames);
  view.setUint32(from + 12, bytes + length);
  for (let i = 0; i < CONTENTS; i += 1) {
    frame[from + 16 + i] = Math.floor((256 * i) / CONTENTS);
  }
  const spare = frames * FRAME_SAMPLES - heard - ENCODER_DELAY;
  putLame(frame, from + LAME_AT, Math.max(0, Math.min(4095, spare)));
  return frame;
}

/**
 * @param {Uint8Array} frame
 * @param {number} at
 * @param {number} padding samples at the end that are not to be heard
 */
function putLame(frame, at, padding) {
  frame.set(ascii("LAME3.100"), at);
  frame[at + 21] = ENCODER_DELAY >> 4;
  frame[at + 22] = ((ENCODER_DELAY & 15) << 4) | (padding >> 8);
  frame[at + 23] = padding & 255;
}

/**
 * The least frame of that rate that has so much room.
 *
 * @param {Uint8Array} first
 * @param {number} least bytes
 */
function frameFor(first, least) {
  const rate = SAMPLE_RATES[(first[2] >> 2) & 3];
  /** @param {number} kbits */
  const lengthOf = (kbits) => Math.floor((FRAME_SAMPLES * 125 * kbits) / rate);
  const index = BIT_RATES.findIndex((kbits) => lengthOf(kbits) >= least);
  return { index, length: lengthOf(BIT_RATES[index]) };
}

/**
 * @param {{title: string, date: Date}} tags
 * @returns {Uint8Array<ArrayBuffer>} ID3v2.4
 */
export function id3Tags({ title, date }) {
  const time = date.toISOString().slice(0, 19);
  const body = concat([textFrame("TIT2", title), textFrame("TDRC", time)]);
  return concat([
    ascii("ID3"),
    Uint8Array.of(4, 0, 0),
    syncSafe(body.length),
    body,
  ]);
}

/** @param {string} id @param {string} text */
function textFrame(id, text) {
  const bytes = new TextEncoder().encode(text);
  const size = syncSafe(bytes.length + 1);
  return concat([ascii(id), size, Uint8Array.of(0, 0, UTF_8), bytes]);
}

/** @param {number} value in 28 bits, seven in each byte */
function syncSafe(value) {
  return Uint8Array.of(
    (value >> 21) & 127,
    (value >> 14) & 127,
    (value >> 7) & 127,
    value & 127,
  );
}
