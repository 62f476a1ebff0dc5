/**
 * Audio in another format, as it comes into a file.
 *
 * @module
 */
import {
  AudioSampleSource,
  FlacOutputFormat,
  Mp4OutputFormat,
  Mp3OutputFormat,
  NullTarget,
  Output,
  WavOutputFormat,
  canEncodeAudio,
} from "../../vendor/mediabunny-1.61.0/index.js";
import { bitRate } from "../core/audio-formats.js";
import { StudioError } from "../core/errors.js";
import { id3Tags, infoFrame } from "../core/mp3.js";
import { FLUSH_BYTES, targetOf } from "./sink.js";

/** @typedef {import("../core/audio-formats.js").AudioFormat} AudioFormat */
/** @typedef {import("../../vendor/mediabunny-1.61.0/index.js").AudioSample} AudioSample */
/** @typedef {import("../../vendor/mediabunny-1.61.0/index.js").AudioEncodingConfig} Config */
/** @typedef {import("./sink.js").OpenFile} OpenFile */
/** @typedef {{title: string, date: Date}} Tags */

/**
 * What is to be encoded.
 *
 * @typedef {object} Sound
 * @property {number} rate
 * @property {number} channels
 * @property {number} seconds about
 * @property {string | null} codec of the source
 */

/**
 * @typedef {object} Encoder
 * @property {(sample: AudioSample) => Promise<void>} add
 * @property {() => Promise<void>} finish
 */

const FLAC_RATES = [
  ...[8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000],
  ...[88_200, 96_000, 176_400, 192_000],
];
const LOSSY_RATES = [32_000, 44_100, 48_000];
const USUAL_RATE = 48_000;

/** Beyond this a WAV needs 64-bit sizes. */
const LONG_WAV_BYTES = 4e9;

/** @returns {Promise<boolean>} whether this browser makes M4A */
export function canMakeM4a() {
  return canEncodeAudio("aac");
}

/**
 * @param {AudioFormat} format
 * @param {OpenFile} file empty
 * @param {{sound: Sound, tags: Tags}} content
 * @returns {Promise<Encoder>}
 */
export async function createEncoder(format, file, { sound, tags }) {
  switch (format) {
    case "wav":
      return startOutput(wavConfig(sound), {
        format: wavFormat(sound),
        target: targetOf(file),
        tags: { ...tags, title: asUtf8(tags.title) },
      });
    case "flac":
      return startOutput(flacConfig(sound), {
        format: new FlacOutputFormat(),
        target: targetOf(file),
        tags,
      });
    case "mp3":
      return startMp3(file, sound, tags);
    case "m4a":
      return startM4a(file, sound, tags);
  }
}

/** @param {Sound} sound */
function isShort({ codec }) {
  return codec === "pcm-s16" || codec === "pcm-u8" || codec === "pcm-s16be";
}

/**
 * Tags of a WAV are written a byte a letter; who reads them takes that for UTF-8.
 *
 * @param {string} text
 */
function asUtf8(text) {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

/** @param {Sound} sound @returns {Config} as many bits as the source has, or 24 */
function wavConfig(sound) {
  return { codec: isShort(sound) ? "pcm-s16" : "pcm-s24" };
}

/** @param {Sound} sound */
function wavFormat(sound) {
  const frameBytes = sound.channels * (isShort(sound) ? 2 : 3);
  const bytes = sound.seconds * sound.rate * frameBytes;
  return new WavOutputFormat({ large: bytes > LONG_WAV_BYTES });
}

/** @param {Sound} sound @returns {Config} */
function flacConfig(sound) {
  return { codec: "flac", transform: fitting(sound, FLAC_RATES, 8) };
}

/**
 * What is to be changed for an encoder to take it.
 *
 * @param {Sound} sound
 * @param {readonly number[]} rates
 * @param {number} mostChannels
 */
function fitting({ rate, channels }, rates, mostChannels) {
  return {
    ...(rates.includes(rate) ? {} : { sampleRate: USUAL_RATE }),
    ...(channels > mostChannels ? { numberOfChannels: mostChannels } : {}),
  };
}

/**
 * @param {Config} config
 * @param {object} to
 * @param {import("../../vendor/mediabunny-1.61.0/index.js").OutputFormat} to.format
 * @param {import("../../vendor/mediabunny-1.61.0/index.js").Target} to.target
 * @param {Partial<Tags>} to.tags
 * @returns {Promise<Encoder>}
 */
async function startOutput(config, { format, target, tags }) {
  const output = new Output({ format, target });
  const source = new AudioSampleSource(config);
  output.addAudioTrack(source);
  output.setMetadataTags(tags);
  await output.start();
  return {
    add: (sample) => source.add(sample),
    finish: () => output.finalize(),
  };
}

/**
 * @param {OpenFile} file
 * @param {Sound} sound
 * @param {Tags} tags
 */
async function startM4a(file, sound, tags) {
  if (!(await canMakeM4a())) {
    throw new StudioError("MEDIA_NO_M4A");
  }
  const format = new Mp4OutputFormat({ fastStart: false });
  const bitrate = bitRate("m4a", sound.channels);
  const transform = fitting(sound, LOSSY_RATES, 2);
  /** @type {Config} */
  const config = { codec: "aac", bitrate, transform };
  return startOutput(config, { format, target: targetOf(file), tags });
}

/**
 * The muxer of an MP3 tells players nothing of the silence that encoders add: the
 * file is written here.
 *
 * @param {OpenFile} file
 * @param {Sound} sound
 * @param {Tags} tags
 * @returns {Promise<Encoder>}
 */
async function startMp3(file, sound, tags) {
  const transform = fitting(sound, LOSSY_RATES, 2);
  const scale = (transform.sampleRate ?? sound.rate) / sound.rate;
  file.append(id3Tags(tags));
  const packets = createPackets(file);
  let frames = 0;
  /** @type {Config} */
  const config = {
    codec: "mp3",
    bitrate: bitRate("mp3", sound.channels),
    transform,
    onEncodedPacket: ({ data }) => packets.add(data),
  };
  const format = new Mp3OutputFormat({ xingHeader: false });
  const target = new NullTarget();
  const encoder = await startOutput(config, { format, target, tags: {} });
  return {
    async add(sample) {
      frames += sample.numberOfFrames;
      await encoder.add(sample);
      await packets.flush();
    },
    async finish() {
      await encoder.finish();
      packets.finish(Math.round(frames * scale));
    },
  };
}

/**
 * Frames of an MP3, and before them the one that counts them.
 *
 * @param {OpenFile} file
 */
function createPackets(file) {
  const infoAt = file.size;
  const count = { frames: 0, bytes: 0 };
  let flushed = file.size;
  /** @type {Uint8Array | null} */
  let first = null;
  return {
    /** @param {Uint8Array} packet */
    add(packet) {
      if (!first) {
        first = packet.slice();
        file.append(infoFrame(first, { ...count, heard: 0 }));
      }
      file.append(packet.slice());
      count.frames += 1;
      count.bytes += packet.length;
    },
    async flush() {
      if (file.size - flushed > FLUSH_BYTES) {
        flushed = file.size;
        await file.flush();
      }
    },
    /** @param {number} heard samples that were encoded */
    finish(heard) {
      if (first) {
        file.overwrite(infoFrame(first, { ...count, heard }), infoAt);
      }
    },
  };
}
