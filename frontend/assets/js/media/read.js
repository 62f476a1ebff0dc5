/**
 * Any audio file, read a little at a time.
 *
 * @module
 */
import {
  ADTS,
  AudioSampleSink,
  CustomSource,
  EncodedPacketSink,
  FLAC,
  Input,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WAVE,
  WEBM,
} from "../../vendor/mediabunny-1.61.0/index.js";
import { StudioError } from "../core/errors.js";
import { OPUS_RATE, framesOfPacket, preSkipOf } from "../core/opus.js";
import { TAIL_BYTES, paddingAtEnd } from "../core/webm-end.js";

/** @typedef {import("../../vendor/mediabunny-1.61.0/index.js").AudioSample} AudioSample */
/** @typedef {import("../../vendor/mediabunny-1.61.0/index.js").InputAudioTrack} Track */
/** @typedef {Awaited<ReturnType<typeof openAudio>>} Audio */

/**
 * @typedef {object} StoredFile
 * @property {number} size
 * @property {(from: number, to: number) => Promise<ArrayBuffer>} read
 * @property {boolean} [isFar] each read takes its time
 */

const FORMATS = [
  ...[WEBM, MATROSKA, MP4, QTFF, MP3, WAVE, FLAC, OGG],
  ...[ADTS, MPEG_TS],
];

/** @param {StoredFile} file */
export async function openAudio(file) {
  const source = new CustomSource({
    getSize: () => file.size,
    read: async (from, to) => new Uint8Array(await file.read(from, to)),
    prefetchProfile: file.isFar ? "network" : "fileSystem",
  });
  const input = new Input({ source, formats: FORMATS });
  if (!(await input.canRead())) {
    throw new StudioError("MEDIA_UNKNOWN");
  }
  if ((await input.getTracks()).length === 0) {
    throw new StudioError("MEDIA_BROKEN");
  }
  const track = await input.getPrimaryAudioTrack();
  if (!track) {
    throw new StudioError("MEDIA_SILENT");
  }
  if (!(await track.canDecode())) {
    throw new StudioError("MEDIA_CODEC");
  }
  const seconds =
    (await track.getDurationFromMetadata()) ?? (await track.computeDuration());
  return {
    file,
    input,
    track,
    format: (await input.getFormat()).name,
    codec: await track.getCodec(),
    rate: await track.getSampleRate(),
    channels: await track.getNumberOfChannels(),
    /** About; how long it really is only its samples tell. */
    seconds,
  };
}

/**
 * All that is to be heard, in order and without a gap: what encoders put before
 * and after it is cut off.
 *
 * @param {Audio} audio
 * @returns {AsyncGenerator<AudioSample>} each is to be closed
 */
export async function* samplesOf(audio) {
  const { track } = audio;
  const edges = await edgesOf(audio);
  const sink = new AudioSampleSink(track);
  let frames = 0;
  for await (const sample of cut(sink.samples(), edges)) {
    sample.setTimestamp(frames / sample.sampleRate);
    frames += sample.numberOfFrames;
    yield sample;
  }
}

/**
 * What is not to be heard.
 *
 * @typedef {object} Edges
 * @property {(first: AudioSample) => number} before frames at the beginning
 * @property {number} after frames at the end
 * @property {number} most frames in between
 */

/**
 * @param {Audio} audio
 * @returns {Promise<Edges>}
 */
async function edgesOf({ file, track, format, codec, rate, seconds }) {
  if (codec === "opus") {
    const before = await preSkip(track);
    const isMatroska = format === "WebM" || format === "Matroska";
    const after = isMatroska ? await padding(file) : 0;
    return { before, after, most: Infinity };
  }
  const isListed = format === "MP4" || format === "QuickTime File Format";
  return {
    before: (first) => Math.round(Math.max(0, -first.timestamp) * rate),
    after: 0,
    most: isListed && codec === "aac" ? Math.round(seconds * rate) : Infinity,
  };
}

/**
 * Some decoders leave the pre-skip out, some do not.
 *
 * @param {Track} track
 * @returns {Promise<Edges["before"]>}
 */
async function preSkip(track) {
  const packet = await new EncodedPacketSink(track).getFirstPacket();
  const description = (await track.getDecoderConfig())?.description;
  if (!packet || !description) {
    return () => 0;
  }
  const whole = framesOfPacket(packet.data);
  const skip = preSkipOf(bytesOf(description));
  return (first) => (first.numberOfFrames < whole ? 0 : skip);
}

/** @param {AllowSharedBufferSource} buffer */
function bytesOf(buffer) {
  return ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer);
}

/**
 * @param {StoredFile} file a WebM
 * @returns {Promise<number>} frames
 */
async function padding(file) {
  const from = Math.max(0, file.size - TAIL_BYTES);
  const tail = new Uint8Array(await file.read(from, file.size));
  return Math.round((paddingAtEnd(tail) * OPUS_RATE) / 1e9);
}

/**
 * Holds back so much that the end can be cut off.
 *
 * @param {AsyncIterable<AudioSample>} samples
 * @param {Edges} edges
 */
async function* cut(samples, { before, after, most }) {
  /** @type {AudioSample[]} */
  const held = [];
  let heldFrames = 0;
  let skip = NaN;
  let rest = most;
  for await (const sample of samples) {
    skip = Number.isNaN(skip) ? before(sample) : skip;
    const from = Math.min(skip, sample.numberOfFrames);
    const part = piece(sample, from, from + rest);
    skip -= from;
    if (part) {
      rest -= part.numberOfFrames;
      held.push(part);
      heldFrames += part.numberOfFrames;
    }
    while (held.length > 0 && heldFrames - held[0].numberOfFrames >= after) {
      const first = /** @type {AudioSample} */ (held.shift());
      heldFrames -= first.numberOfFrames;
      yield first;
    }
  }
  for (const sample of held) {
    const left = heldFrames - after;
    heldFrames -= sample.numberOfFrames;
    const part = piece(sample, 0, left);
    if (part) {
      yield part;
    }
  }
}

/**
 * Frames [from, to) of a sample, which is closed unless it is just those; null if
 * there are none.
 *
 * @param {AudioSample} sample
 * @param {number} from
 * @param {number} to
 */
function piece(sample, from, to) {
  const end = Math.min(to, sample.numberOfFrames);
  if (from === 0 && end === sample.numberOfFrames) {
    return sample;
  }
  const part = end > from ? sample.trim(from, end) : null;
  sample.close();
  return part;
}
