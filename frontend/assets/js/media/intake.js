/**
 * An audio file of anybody's, as it becomes a recording.
 *
 * @module
 */
import {
  Conversion,
  FlacOutputFormat,
  Mp3OutputFormat,
  Mp4OutputFormat,
  Output,
  WavOutputFormat,
  WebMOutputFormat,
} from "../../vendor/mediabunny-1.61.0/index.js";
import { createSHA256 } from "../../vendor/hash-wasm-4.13.0/sha256.js";
import { StudioError } from "../core/errors.js";
import { createPeaks } from "../core/peaks.js";
import { openAudio, samplesOf } from "./read.js";
import { FLUSH_BYTES, targetOf } from "./sink.js";

/** @typedef {import("./read.js").Audio} Audio */
/** @typedef {import("./read.js").StoredFile} StoredFile */
/** @typedef {import("./sink.js").OpenFile & {read: (from: number, length: number) => Promise<Uint8Array<ArrayBuffer>>}} File */
/** @typedef {{onProgress: (fraction: number) => void, signal: AbortSignal}} Watch */

/**
 * What was taken in.
 *
 * @typedef {object} Taken
 * @property {string} mimeType
 * @property {number} durationMs
 * @property {number} sizeBytes
 * @property {string} sha256 hex
 * @property {Uint8Array} peaks
 * @property {boolean} isWhole its bytes are the file's; else only its sound was taken
 */

/**
 * What the library and the server keep as it is, by the reader's name of it.
 *
 * @type {Readonly<Record<string, string>>}
 */
const KEPT_TYPES = Object.freeze({
  WebM: "audio/webm",
  Matroska: "audio/matroska",
  MP4: "audio/mp4",
  MP3: "audio/mpeg",
  WAVE: "audio/wav",
  FLAC: "audio/flac",
  Ogg: "audio/ogg",
  ADTS: "audio/aac",
});

const PIECE_BYTES = 1 << 20;

/** How much of the work it is to look through a file; the rest is writing it. */
const LOOKING = 0.8;

/**
 * @param {StoredFile} from
 * @param {File} to empty
 * @param {Watch} watch
 * @returns {Promise<Taken>}
 */
export async function takeIn(from, to, { onProgress, signal }) {
  if (from.size === 0) {
    throw new StudioError("MEDIA_EMPTY");
  }
  const audio = await openAudio(from);
  const look = (/** @type {number} */ part) => onProgress(LOOKING * part);
  const outline = await outlineOf(audio, { onProgress: look, signal });
  const write = (/** @type {number} */ part) =>
    onProgress(LOOKING + (1 - LOOKING) * part);
  const watch = { onProgress: write, signal };
  const mimeType = await keptType(audio);
  const isWhole = mimeType !== null;
  const taken = isWhole
    ? { mimeType, sha256: await copy(from, to, watch) }
    : await takeSound(audio, to, watch);
  return { ...outline, ...taken, isWhole, sizeBytes: to.size };
}

/**
 * @param {Audio} audio
 * @returns {Promise<string | null>} null: only its sound is to be kept
 */
async function keptType({ input, format }) {
  const pictures = await input.getVideoTracks();
  return pictures.length > 0 ? null : (KEPT_TYPES[format] ?? null);
}

/**
 * Hears all of it.
 *
 * @param {Audio} audio
 * @param {Watch} watch
 */
async function outlineOf(audio, { onProgress, signal }) {
  /** @type {ReturnType<typeof createPeaks> | null} */
  let peaks = null;
  let seconds = 0;
  for await (const sample of samplesOf(audio)) {
    signal.throwIfAborted();
    peaks ??= createPeaks(sample.sampleRate);
    peaks.push(channelsOf(sample));
    seconds = sample.timestamp + sample.duration;
    sample.close();
    onProgress(Math.min(1, seconds / audio.seconds));
  }
  if (!peaks) {
    throw new StudioError("MEDIA_SILENT");
  }
  const durationMs = Math.round(seconds * 1000);
  return { durationMs, peaks: peaks.thumbnail() };
}

/** @param {import("./read.js").AudioSample} sample */
function channelsOf(sample) {
  return Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
    const samples = new Float32Array(sample.numberOfFrames);
    sample.copyTo(samples, { planeIndex, format: "f32-planar" });
    return samples;
  });
}

/**
 * @param {StoredFile} from
 * @param {File} to
 * @param {Watch} watch
 * @returns {Promise<string>} SHA-256
 */
async function copy(from, to, { onProgress, signal }) {
  const hash = (await createSHA256()).init();
  let flushed = 0;
  for (let at = 0; at < from.size; at += PIECE_BYTES) {
    signal.throwIfAborted();
    const end = Math.min(at + PIECE_BYTES, from.size);
    const piece = new Uint8Array(await from.read(at, end));
    hash.update(piece);
    to.append(piece);
    onProgress(end / from.size);
    if (to.size - flushed > FLUSH_BYTES) {
      flushed = to.size;
      await to.flush();
    }
  }
  await to.flush();
  return hash.digest("hex");
}

/**
 * The sound alone, as it is encoded where a file of sound can hold that.
 *
 * @param {Audio} audio
 * @param {File} to
 * @param {Watch} watch
 */
async function takeSound({ input, codec }, to, { onProgress, signal }) {
  const { format, mimeType } = formatFor(codec ?? "");
  const output = new Output({ format, target: targetOf(to) });
  const conversion = await Conversion.init({
    input,
    output,
    tracks: "primary",
    video: { discard: true },
    showWarnings: false,
  });
  if (!conversion.isValid) {
    throw new StudioError("MEDIA_CODEC");
  }
  conversion.onProgress = onProgress;
  const cancel = () => void conversion.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  await conversion.execute();
  await to.flush();
  return { mimeType, sha256: await digestOf(to) };
}

/** @param {string} codec */
function formatFor(codec) {
  switch (codec) {
    case "aac":
      return { format: new Mp4OutputFormat(), mimeType: "audio/mp4" };
    case "mp3":
      return { format: new Mp3OutputFormat(), mimeType: "audio/mpeg" };
    case "opus":
    case "vorbis":
      return { format: new WebMOutputFormat(), mimeType: "audio/webm" };
    case "flac":
      return { format: new FlacOutputFormat(), mimeType: "audio/flac" };
    default:
      return { format: new WavOutputFormat(), mimeType: "audio/wav" };
  }
}

/** @param {File} file */
async function digestOf(file) {
  const hash = (await createSHA256()).init();
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    hash.update(await file.read(at, PIECE_BYTES));
  }
  return hash.digest("hex");
}
