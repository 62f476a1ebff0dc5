/**
 * A live WAV of 24-bit PCM (RIFF; EBU Tech 3306 for RF64, beyond 4 GiB).
 *
 *     header, 4096 bytes | samples, interleaved
 *
 * The header is as long as that of a WebM (webm.js), so that both are stored and
 * sent alike: complete from the start but for its sizes, which only the end knows.
 * A JUNK chunk keeps the place of RF64's sizes, another one fills up.
 */

import { SAMPLE_BYTES, putSamples } from "./pcm24.js";
import { HEADER_BYTES } from "./webm.js";

/** @typedef {import("./ebml.js").Bytes} Bytes */
/** @typedef {import("./webm-scan.js").ByteSource} ByteSource */
/** @typedef {{rate: number, channels: number}} WavSound */

const PCM_TAG = 1;
const RF64_BODY_BYTES = 28;
const FORMAT_BODY_BYTES = 16;
const HEAD_BYTES = 8;

/** In a 32-bit size: it stands in ds64. */
const SIZE_ELSEWHERE = 0xffffffff;

/** Readers take this for "to the end of the file". */
const SIZE_UNKNOWN = 0;

/**
 * @param {WavSound} sound
 * @param {number | null} frames  null: not known yet
 * @returns {Bytes}
 */
export function wavHeader(sound, frames) {
  const dataBytes = (frames ?? 0) * frameBytes(sound);
  const riffBytes = frames === null ? SIZE_UNKNOWN : riffSize(dataBytes);
  const isLong = riffBytes >= SIZE_ELSEWHERE;
  const writer = createWriter();
  writer.text(isLong ? "RF64" : "RIFF");
  writer.size(isLong ? SIZE_ELSEWHERE : riffBytes);
  writer.text("WAVE");
  writer.text(isLong ? "ds64" : "JUNK").size(RF64_BODY_BYTES);
  if (isLong) {
    writer.long(riffBytes).long(dataBytes);
    writer.long(frames ?? 0).size(0);
  } else {
    writer.skip(RF64_BODY_BYTES);
  }
  writeFormat(writer, sound);
  const filling = HEADER_BYTES - writer.at - 2 * HEAD_BYTES;
  writer.text("JUNK").size(filling).skip(filling);
  writer.text("data").size(isLong ? SIZE_ELSEWHERE : dataBytes);
  return writer.bytes;
}

/** Where the format of our header stands. */
const FORMAT_AT = 12 + HEAD_BYTES + RF64_BODY_BYTES;

/**
 * @param {Uint8Array} header the first HEADER_BYTES of a file
 * @returns {WavSound | null} null: it is not as we write it
 */
export function readWavSound(header) {
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  const word = (/** @type {number} */ at) =>
    new TextDecoder().decode(header.subarray(at, at + 4));
  const isOurs =
    header.length === HEADER_BYTES &&
    word(FORMAT_AT) === "fmt " &&
    word(HEADER_BYTES - HEAD_BYTES) === "data" &&
    view.getUint16(FORMAT_AT + 22, true) === 8 * SAMPLE_BYTES;
  return isOurs
    ? {
        channels: view.getUint16(FORMAT_AT + 10, true),
        rate: view.getUint32(FORMAT_AT + 12, true),
      }
    : null;
}

/** @param {number} dataBytes */
function riffSize(dataBytes) {
  return HEADER_BYTES - HEAD_BYTES + dataBytes + (dataBytes % 2);
}

/**
 * @param {ReturnType<typeof createWriter>} writer
 * @param {WavSound} sound
 */
function writeFormat(writer, sound) {
  const { rate, channels } = sound;
  writer.text("fmt ").size(FORMAT_BODY_BYTES);
  writer.short(PCM_TAG).short(channels);
  writer.size(rate).size(rate * frameBytes(sound));
  writer.short(frameBytes(sound)).short(8 * SAMPLE_BYTES);
}

function createWriter() {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const writer = {
    bytes,
    at: 0,
    /** @param {string} word of ASCII */
    text(word) {
      bytes.set(new TextEncoder().encode(word), writer.at);
      writer.at += word.length;
      return writer;
    },
    /** @param {number} value */
    short(value) {
      view.setUint16(writer.at, value, true);
      writer.at += 2;
      return writer;
    },
    /** @param {number} value */
    size(value) {
      view.setUint32(writer.at, value, true);
      writer.at += 4;
      return writer;
    },
    /** @param {number} value */
    long(value) {
      view.setBigUint64(writer.at, BigInt(value), true);
      writer.at += 8;
      return writer;
    },
    /** @param {number} count of zeros */
    skip(count) {
      writer.at += count;
      return writer;
    },
  };
  return writer;
}

/** @param {{channels: number}} sound */
function frameBytes({ channels }) {
  return channels * SAMPLE_BYTES;
}

/**
 * @param {Float32Array[]} channels  all of one length
 * @returns {Bytes}
 */
export function wavSamples(channels) {
  const bytes = new Uint8Array(
    channels[0].length * frameBytes({ channels: channels.length }),
  );
  putSamples(bytes, 0, channels);
  return bytes;
}

/**
 * Bytes of a file of so many frames.
 *
 * @param {WavSound} sound
 * @param {number} frames
 */
export function wavBytes(sound, frames) {
  return HEADER_BYTES + frames * frameBytes(sound);
}

/**
 * Whole frames of a file of so many bytes.
 *
 * @param {{channels: number}} sound
 * @param {number} bytes
 */
export function wavFrames(sound, bytes) {
  return Math.floor(Math.max(0, bytes - HEADER_BYTES) / frameBytes(sound));
}

/**
 * Whole frames of a file that was cut, of which so many bytes can be trusted; null
 * if not even the header is there.
 *
 * @param {ByteSource} source
 * @param {{channels: number, bytes: number}} known
 * @returns {Promise<{frames: number} | null>}
 */
export async function scanWav(source, { channels, bytes }) {
  const word = new TextDecoder().decode(await source.read(0, 4));
  const whole = Math.min(source.size, bytes);
  if (!["RIFF", "RF64"].includes(word) || whole < HEADER_BYTES) {
    return null;
  }
  return { frames: wavFrames({ channels }, whole) };
}
