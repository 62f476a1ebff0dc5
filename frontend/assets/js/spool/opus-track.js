/**
 * A take's audio file as WebM while it grows, with its encoder.
 *
 * @module
 */

import { AudioFile } from "./audio-file.js";
import { encodeOnward } from "./onward.js";

/**
 * @typedef {object} TrackOptions
 * @property {number} rate
 * @property {number} channels
 * @property {import("./files.js").SpoolFile} file
 * @property {() => boolean} [makeRoom]  called when the disk is full; true if trying
 *     again may help
 * @property {(error: unknown) => void} [onError]  nothing is added after it
 */

/**
 * What a take's audio file is made of, whatever its format.
 *
 * @typedef {object} Track
 * @property {number} firstInput  the take's frame that has to be pushed first
 * @property {number} backlog  packets that wait to be encoded
 * @property {{bytes: number, seconds: number}} flushed  on the disk for good
 * @property {boolean} hasNews  whether something waits to be flushed at once
 * @property {(channels: Float32Array[]) => void} push
 * @property {number} size  bytes so far
 * @property {(most: number) => Promise<void>} flush  tells no more bytes to be flushed
 *     than so many, unless they tell by themselves what they are
 * @property {(error: unknown) => void} fail  gives it up
 * @property {(giveRoom?: () => Promise<void>) => Promise<number>} finish  completes
 *     the file, after giveRoom() once only its end is left; frames at 48 kHz
 */

/**
 * @param {TrackOptions & {from?: Awaited<ReturnType<typeof import("../core/webm-scan.js").scanWebm>>}} options
 *     from: what a scan of the file found, to go on from; else it begins anew
 * @returns {Track}
 */
export function createOpusTrack({ from, makeRoom, onError, ...options }) {
  const { rate, channels } = options;
  const file = new AudioFile({ ...options, from, makeRoom });
  const had = from?.packets ?? 0;
  const encoder = encodeOnward({ had, rate, channels, file, onError });
  return {
    firstInput: encoder.firstInput,
    push: encoder.push,
    fail: encoder.fail,
    flush: () => file.flush(),

    get size() {
      return options.file.size;
    },

    get backlog() {
      return encoder.backlog;
    },

    get flushed() {
      return file.flushed;
    },

    get hasNews() {
      return file.hasNews;
    },

    async finish(giveRoom) {
      const frames = await encoder.finish();
      await giveRoom?.();
      await file.finish(frames);
      return frames;
    },
  };
}
