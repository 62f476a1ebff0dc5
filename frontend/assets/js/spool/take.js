/**
 * A running take: blocks from the audio thread go to the disk as PCM and as
 * WebM. Time that is missing between blocks becomes silence of the same length.
 *
 * Calling sequence: push() for each block, then finish() once. A disk that is
 * full ends the take where it is; all before it is kept.
 *
 * @module
 */

import { StudioError, codeOf } from "../core/errors.js";
import { createOpusEncoder } from "./encoder.js";
import { createPcmFile } from "./pcm-file.js";
import { createAudioFile } from "./audio-file.js";
import { createPeaks } from "../core/peaks.js";

/** @typedef {import("./files.js").SpoolFile} SpoolFile */
/** @typedef {import("../core/peaks.js").LivePoints} LivePoints */
/** @typedef {ReturnType<typeof createTake>} Take */

/**
 * @typedef {object} TakeOptions
 * @property {number} rate
 * @property {number} channels
 * @property {{audio: SpoolFile, pcm: SpoolFile}} files
 * @property {(points: LivePoints) => void} onPeaks
 * @property {() => void} onFlushed  more of it is safe on this device
 * @property {(code: string) => void} onFault
 */

/** @param {TakeOptions} options */
export function createTake({ rate, channels, files, ...listener }) {
  const pcm = createPcmFile(files.pcm, rate);
  const peaks = createPeaks(rate);
  const audio = createAudioFile({
    file: files.audio,
    channels,
    from: null,
    makeRoom: () => pcm.makeRoom(),
  });
  const encoder = createOpusEncoder({
    rate,
    channels,
    onHead: (head) => guarded(() => audio.begin(head)),
    onPacket: (packet) => guarded(() => audio.add(packet)),
    onError: (error) => fail(error),
  });
  let gaps = 0;
  /** @type {string | null} why the take takes no more */
  let ended = null;
  let isEncoded = true;

  /** @param {unknown} error */
  function fail(error) {
    const code = codeOf(error, "SPOOL_FAILED");
    isEncoded = isEncoded && code !== "ENCODER_FAILED";
    if (code !== "ENCODER_FAILED") {
      ended ??= code;
    }
    listener.onFault(code);
  }

  /** @param {() => void} work */
  function guarded(work) {
    try {
      work();
    } catch (error) {
      fail(error);
    }
  }

  /** @param {Float32Array[]} pieces */
  function store(pieces) {
    pcm.append(pieces);
    encoder.push(pieces);
    listener.onPeaks(peaks.push(pieces));
    if (pcm.frames - pcm.framesFlushed >= rate) {
      flush();
    }
  }

  function flush() {
    pcm.flush();
    audio.flush();
    listener.onFlushed();
  }

  /** @param {number} frames */
  function storeSilence(frames) {
    for (let left = frames; left > 0; left -= rate) {
      const length = Math.min(left, rate);
      store(Array.from({ length: channels }, () => new Float32Array(length)));
    }
  }

  return {
    audio,
    rate,
    get frames() {
      return pcm.frames;
    },
    get framesFlushed() {
      return pcm.framesFlushed;
    },
    get gaps() {
      return gaps;
    },
    thumbnail: peaks.thumbnail,

    /** @param {{first: number, channels: Float32Array[]}} block */
    push({ first, channels: pieces }) {
      if (ended) {
        return;
      }
      guarded(() => {
        if (first > pcm.frames) {
          gaps++;
          storeSilence(first - pcm.frames);
        }
        store(pieces);
      });
    },

    /** Makes what there is safe now. */
    flush: () => guarded(flush),

    /**
     * Completes the audio file. Throws ENCODER_FAILED if only the PCM is
     * complete: then recovery makes the file from that.
     *
     * @returns {Promise<number>} frames at 48 kHz
     */
    async finish() {
      const frames = await encoder.finish();
      if (!isEncoded) {
        throw new StudioError("ENCODER_FAILED");
      }
      if (ended === "STORAGE_FULL") {
        pcm.makeRoom();
      }
      audio.finish(frames);
      guarded(() => pcm.flush());
      return frames;
    },
  };
}
