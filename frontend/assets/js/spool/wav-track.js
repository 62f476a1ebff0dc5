/**
 * A take's audio file as WAV while it grows: its PCM, and nothing else. It can be
 * made again from the spooled PCM, byte for byte.
 *
 * @module
 */

import { OPUS_RATE } from "../core/opus.js";
import { appendWithRoom } from "./files.js";
import { wavBytes, wavFrames, wavHeader, wavSamples } from "../core/wav.js";

/** @typedef {import("./opus-track.js").TrackOptions} TrackOptions */
/** @typedef {import("./opus-track.js").Track} Track */

/**
 * @param {TrackOptions & {from?: {frames: number} | null}} options  from: what a
 *     scan of the file found, to go on from; else it begins anew
 * @returns {Track}
 */
export function createWavTrack({ file, from, makeRoom, onError, ...sound }) {
  let frames = from?.frames ?? 0;
  let flushed = { bytes: 0, seconds: 0 };
  /** @type {unknown} */
  let failure = null;

  /** @param {unknown} error */
  function fail(error) {
    failure ??= error;
    onError?.(error);
  }

  file.truncate(from ? wavBytes(sound, frames) : 0);
  if (!from) {
    file.append(wavHeader(sound, null));
  }

  /**
   * Nobody can tell by its bytes how much of the file is on the disk: no more is
   * told than the PCM has safe, of which it can be made again.
   *
   * @param {number} most
   */
  async function flush(most) {
    const seconds = wavFrames(sound, most) / sound.rate;
    await file.flush();
    flushed = { bytes: most, seconds };
  }

  return {
    firstInput: frames,
    backlog: 0,
    fail,
    flush,

    get size() {
      return file.size;
    },

    get flushed() {
      return flushed;
    },

    get hasNews() {
      return false;
    },

    push(channels) {
      if (failure) {
        return;
      }
      try {
        appendWithRoom(file, wavSamples(channels), makeRoom);
        frames += channels[0].length;
      } catch (error) {
        fail(error);
      }
    },

    async finish(giveRoom) {
      if (failure) {
        throw failure;
      }
      await giveRoom?.();
      if (wavBytes(sound, frames) % 2 === 1) {
        appendWithRoom(file, new Uint8Array(1), makeRoom);
      }
      await file.flush();
      file.overwrite(wavHeader(sound, frames), 0);
      await file.flush();
      flushed = { bytes: file.size, seconds: frames / sound.rate };
      return (frames * OPUS_RATE) / sound.rate;
    },
  };
}
