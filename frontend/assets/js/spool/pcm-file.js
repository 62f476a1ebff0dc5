/**
 * A take's PCM while it grows: every block with its place and its checksum.
 *
 * @module
 */

import { encodeBlock } from "../core/framing.js";

const ROOM_BYTES = 1 << 20;

export class PcmFile {
  #file;
  #rate;
  #sequence = 0;

  /** The take's frames so far. */
  frames = 0;

  /** Those that are on the disk for good. */
  framesFlushed = 0;

  /**
   * @param {import("./files.js").SpoolFile} file  empty
   * @param {number} rate
   */
  constructor(file, rate) {
    this.#file = file;
    this.#rate = rate;
  }

  /** @param {Float32Array[]} channels  what follows the frames so far */
  append(channels) {
    const block = encodeBlock({
      sequence: this.#sequence,
      first: this.frames,
      rate: this.#rate,
      channels,
    });
    this.#file.append(block);
    this.#sequence++;
    this.frames += channels[0].length;
  }

  flush() {
    this.#file.flush();
    this.framesFlushed = this.frames;
  }

  /**
   * Gives disk space back from the end, which the audio file has too; false if
   * there is none left.
   */
  makeRoom() {
    const had = this.#file.size;
    this.#file.truncate(Math.max(0, had - ROOM_BYTES));
    return had > 0;
  }
}
