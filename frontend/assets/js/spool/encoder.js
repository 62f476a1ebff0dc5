/**
 * PCM in, Opus packets of 20 ms out: resampled to 48 kHz, cut on the take's grid
 * of 960 frames, encoded by WebCodecs.
 *
 * @module
 */

import {
  OPUS_RATE,
  PACKET_FRAMES,
  opusHead,
  packetsFor,
  preSkipOf,
} from "../core/opus.js";
import { StudioError } from "../core/errors.js";
import { createGrid } from "../core/grid.js";
import { createResampler } from "../core/resample.js";
import { whileItMoves } from "./patience.js";

/** @typedef {ReturnType<typeof createOpusEncoder>} OpusEncoder */

/** What libopus looks ahead at 48 kHz unless told to hurry. */
const USUAL_PRE_SKIP = 312;

/** More than any encoder looks ahead. */
const MOST_PRE_SKIP = 4 * PACKET_FRAMES;

/** A minute of packets that wait: an encoder so far behind hangs. */
const MOST_WAITING = 3000;

/** @param {number} channels */
function configFor(channels) {
  return {
    codec: "opus",
    sampleRate: OPUS_RATE,
    numberOfChannels: channels,
    bitrate: channels === 2 ? 128_000 : 96_000,
    opus: { frameDuration: 20_000, application: "audio" },
  };
}

/**
 * @param {object} options
 * @param {number} options.rate  of what is pushed
 * @param {number} options.channels
 * @param {number} [options.startPacket]  of the take's grid, to begin with
 * @param {(head: Uint8Array) => void} options.onHead  once, before any packet
 * @param {(packet: Uint8Array) => void} options.onPacket
 * @param {(error: unknown) => void} [options.onError]  the encoder failed, or what
 *     was called with its packets; none comes after it
 */
export function createOpusEncoder(options) {
  const { rate: from, channels, startPacket = 0, onError } = options;
  const start = startPacket * PACKET_FRAMES;
  const resampler = createResampler({ from, to: OPUS_RATE, channels, start });
  const grid = createGrid(channels, PACKET_FRAMES);
  const output = createOutput(startPacket, options);
  const encoder = new AudioEncoder({
    output: (chunk, metadata) => guard(() => output.take(chunk, metadata)),
    error: (cause) => fail(new StudioError("ENCODER_FAILED", { cause })),
  });
  encoder.configure(/** @type {AudioEncoderConfig} */ (configFor(channels)));
  let frames = start;
  let fed = start;
  let putOut = 0;
  /** @type {unknown} the first failure; nothing is put out after it */
  let failure = null;

  /** @param {unknown} error */
  function fail(error) {
    if (!failure) {
      failure = error;
      close();
      onError?.(error);
    }
  }

  function close() {
    if (encoder.state !== "closed") {
      encoder.close();
    }
  }

  /** @param {() => void} work */
  function guard(work) {
    putOut++;
    try {
      return failure ? undefined : work();
    } catch (error) {
      fail(error);
    }
  }

  /** @param {Float32Array[]} pieces  at 48 kHz */
  function feed(pieces) {
    for (const data of grid.push(pieces)) {
      if (encoder.state === "configured") {
        encodePacket(encoder, data, fed);
      }
      fed += PACKET_FRAMES;
    }
    if (encoder.encodeQueueSize > MOST_WAITING) {
      fail(new StudioError("ENCODER_FAILED"));
    }
  }

  async function flush() {
    let isFlushed = false;
    const flushed = () => {
      isFlushed = true;
    };
    encoder.flush().then(flushed, fail);
    await whileItMoves({
      isDone: () => isFlushed || failure !== null,
      progress: () => putOut,
    }).catch(fail);
  }

  return {
    /** The take's frame, at its own rate, that has to be pushed first. */
    firstInput: resampler.firstInput,

    /** Packets that wait to be encoded. */
    get backlog() {
      return failure ? 0 : encoder.encodeQueueSize;
    },

    /** Gives it up; finish() rejects with the first failure. */
    fail,

    /** @param {Float32Array[]} pieces */
    push(pieces) {
      if (failure) {
        return;
      }
      const made = resampler.push(pieces);
      frames += made[0].length;
      feed(made);
    },

    /**
     * Encodes the rest; every packet has come when this resolves. Rejects with
     * what failed on the way.
     *
     * @returns {Promise<number>} frames of the whole take, at 48 kHz
     */
    async finish() {
      const made = resampler.flush();
      frames += made[0].length;
      output.endAt(frames);
      feed(made);
      feed(
        silence(channels, (output.preSkip ?? MOST_PRE_SKIP) + PACKET_FRAMES),
      );
      if (encoder.state === "configured") {
        await flush();
        close();
      }
      if (failure) {
        throw failure;
      }
      return frames;
    },
  };
}

/**
 * What the encoder puts out, up to the packet that the take's end is in.
 *
 * @param {number} startPacket
 * @param {Parameters<typeof createOpusEncoder>[0]} options
 */
function createOutput(startPacket, { channels, onHead, onPacket }) {
  /** @type {number | null} */
  let preSkip = null;
  let end = Infinity;
  let packets = startPacket;
  return {
    get preSkip() {
      return preSkip;
    },

    /** @param {number} frames */
    endAt(frames) {
      end = frames;
    },

    /**
     * @param {EncodedAudioChunk} chunk
     * @param {EncodedAudioChunkMetadata} [metadata]
     */
    take(chunk, metadata) {
      if (preSkip === null) {
        const head = headFrom(metadata, channels);
        preSkip = preSkipOf(head);
        onHead(head);
      }
      if (packets < packetsFor(end, preSkip)) {
        packets++;
        const packet = new Uint8Array(chunk.byteLength);
        chunk.copyTo(packet);
        onPacket(packet);
      }
    },
  };
}

/**
 * @param {AudioEncoder} encoder
 * @param {Float32Array<ArrayBuffer>} data  planes one after the other
 * @param {number} frame
 */
function encodePacket(encoder, data, frame) {
  const audio = new AudioData({
    format: "f32-planar",
    sampleRate: OPUS_RATE,
    numberOfFrames: PACKET_FRAMES,
    numberOfChannels: data.length / PACKET_FRAMES,
    timestamp: Math.round((frame * 1e6) / OPUS_RATE),
    data,
  });
  encoder.encode(audio);
  audio.close();
}

/**
 * @param {EncodedAudioChunkMetadata | undefined} metadata
 * @param {number} channels
 */
function headFrom(metadata, channels) {
  const description = metadata?.decoderConfig?.description;
  if (!description) {
    return opusHead(channels, USUAL_PRE_SKIP);
  }
  return ArrayBuffer.isView(description)
    ? new Uint8Array(
        description.buffer,
        description.byteOffset,
        description.byteLength,
      ).slice()
    : new Uint8Array(description).slice();
}

/**
 * @param {number} channels
 * @param {number} frames
 */
export function silence(channels, frames) {
  return Array.from({ length: channels }, () => new Float32Array(frames));
}
