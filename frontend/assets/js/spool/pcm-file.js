/**
 * A take's PCM while it grows: every block with its place and its checksum.
 *
 * @module
 */

import { encodeBlock } from "../core/framing.js";

/** @typedef {import("./files.js").SpoolFile} SpoolFile */

const ROOM_BYTES = 1 << 20;

/**
 * @param {SpoolFile} file
 * @param {number} rate
 */
export function createPcmFile(file, rate) {
  let sequence = 0;
  let frames = 0;
  let framesFlushed = 0;
  return {
    /** The take's frames so far. */
    get frames() {
      return frames;
    },

    /** Those that are on the disk for good. */
    get framesFlushed() {
      return framesFlushed;
    },

    /** @param {Float32Array[]} channels  what follows the frames so far */
    append(channels) {
      file.append(encodeBlock({ sequence, first: frames, rate, channels }));
      sequence++;
      frames += channels[0].length;
    },

    flush() {
      file.flush();
      framesFlushed = frames;
    },

    /**
     * Gives disk space back from the end, which the encoded audio has too; false
     * if there is none left.
     */
    makeRoom() {
      const had = file.size;
      file.truncate(Math.max(0, had - ROOM_BYTES));
      return had > 0;
    },
  };
}
