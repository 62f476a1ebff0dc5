/**
 * A take's PCM while it grows: every block with its place and its checksum. Zeros
 * are written ahead of it, so that the last minute of a take has its room even on
 * a disk that others fill up, and that it ends is known before.
 *
 * @module
 */

import { SAMPLE_BYTES } from "../core/pcm24.js";
import { encodeBlock } from "../core/framing.js";

const ROOM_BYTES = 1 << 20;

/** What is secured ahead, and how much of it at a time. */
const AHEAD_SECONDS = 60;
const STEP_SECONDS = 4;

export class PcmFile {
  #file;
  #rate;
  #sequence = 0;
  /** Bytes of blocks; zeros follow. */
  #end = 0;
  #secondBytes = 0;
  /** @type {{at: number, bytes: Uint8Array<ArrayBuffer>} | null} */
  #offered = null;

  /** The take's frames so far. */
  frames = 0;

  /** Those that are on the disk for good. */
  framesFlushed = 0;

  /**
   * @param {import("./files.js").SpoolFile} file  empty
   * @param {number} rate
   * @param {number} [frames]  of the take that are in other files
   */
  constructor(file, rate, frames = 0) {
    this.#file = file;
    this.#rate = rate;
    this.frames = frames;
    this.framesFlushed = frames;
  }

  /** @param {Float32Array[]} channels  what follows the frames so far */
  append(channels) {
    const block = encodeBlock({
      sequence: this.#sequence,
      first: this.frames,
      rate: this.#rate,
      channels,
    });
    this.#grow(this.#end + block.length - this.#file.size);
    this.#file.overwrite(block, this.#end);
    this.#end += block.length;
    this.#secondBytes = this.#rate * channels.length * SAMPLE_BYTES;
    this.#sequence++;
    this.frames += channels[0].length;
  }

  async flush() {
    const { frames } = this;
    await this.#file.flush();
    this.framesFlushed = frames;
  }

  /**
   * Secures more room ahead, unless there is enough; throws STORAGE_FULL if there
   * is none.
   *
   * @param {number} [files]  as long as this one that live on it, which is one
   */
  secure(files = 1) {
    const ahead = this.#file.size - this.#end;
    if (ahead < files * AHEAD_SECONDS * this.#secondBytes) {
      this.#grow(files * STEP_SECONDS * this.#secondBytes);
    }
  }

  /** Gives back what was secured and not needed. */
  trim() {
    this.#file.truncate(this.#end);
  }

  /** @param {number} bytes  of zeros */
  #grow(bytes) {
    if (bytes > 0) {
      this.#file.grow(bytes);
    }
  }

  /**
   * Gives disk space to the audio file: what was secured ahead, then blocks that
   * were offered; false if there is nothing more to give. A quota may count it
   * until the file is closed, so that no block goes that nobody offered.
   */
  makeRoom() {
    const { size } = this.#file;
    const least = size > this.#end ? this.#end : (this.#offered?.at ?? size);
    if (size === least) {
      return false;
    }
    this.#file.truncate(Math.max(least, size - ROOM_BYTES));
    this.#end = Math.min(this.#end, this.#file.size);
    return true;
  }

  /** Offers the last blocks: the audio file has them, but for its own end. */
  async offer() {
    const at = Math.max(0, this.#end - ROOM_BYTES);
    const bytes = await this.#file.read(at, this.#end - at);
    this.#offered = { at, bytes };
  }

  /** Puts back what was offered and given, for it did not help. */
  async takeBack() {
    const offered = this.#offered;
    this.#offered = null;
    if (offered && this.#end === offered.at) {
      this.trim();
      this.#file.append(offered.bytes);
      this.#end = this.#file.size;
      await this.#file.flush();
    }
  }
}

/**
 * Gives back what was secured ahead of a file that nobody writes any more: zeros,
 * and nothing else. A block that was cut stays.
 *
 * @param {import("./files.js").SpoolFile} file
 * @param {number} end  of its whole blocks
 */
export async function freeAhead(file, end) {
  file.truncate(await zerosAt(file, end));
}

/**
 * Where the zeros begin with which a file ends.
 *
 * @param {import("./files.js").SpoolFile} file
 * @param {number} least  none before it
 */
async function zerosAt(file, least) {
  for (let to = file.size; to > least;) {
    const from = Math.max(least, to - ROOM_BYTES);
    const bytes = await file.read(from, to - from);
    let length = bytes.length;
    while (length > 0 && bytes[length - 1] === 0) {
      length--;
    }
    if (length > 0) {
      return from + length;
    }
    to = from;
  }
  return least;
}
