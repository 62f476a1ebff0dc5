/**
 * A stretch of the frames of a WAV (wav.js) as a WAV of its own, which can be read
 * anywhere without being stored. It may grow as the file does.
 */

import { concat } from "./ebml.js";
import { HEADER_BYTES } from "./webm.js";
import { readWavSound, wavBytes, wavFrames, wavHeader } from "./wav.js";

/** @typedef {import("./ebml.js").Bytes} Bytes */
/** @typedef {import("./webm-part.js").Read} Read */

/**
 * @param {Read} read
 * @param {{from: number}} place where its first frame is in the file
 * @returns {Promise<WavPart | null>} null: the file is none of ours
 */
export async function openWavPart(read, { from }) {
  const sound = readWavSound(await read(0, HEADER_BYTES));
  return sound && new WavPart(read, { sound, from });
}

export class WavPart {
  #read;
  #sound;
  #from;
  #frames = 0;
  #header;
  #padding = 0;

  /**
   * @param {Read} read
   * @param {{sound: import("./wav.js").WavSound, from: number}} begin
   */
  constructor(read, { sound, from }) {
    this.#read = read;
    this.#sound = sound;
    this.#from = from;
    this.#header = wavHeader(sound, null);
  }

  /** How far the file was read. */
  get scanned() {
    return this.#from + this.#dataBytes;
  }

  get isEmpty() {
    return this.#frames === 0;
  }

  get size() {
    return HEADER_BYTES + this.#dataBytes + this.#padding;
  }

  /** What it plays, in seconds. */
  get length() {
    return this.#frames / this.#sound.rate;
  }

  /** How much of the recording there is up to its end. */
  get seconds() {
    return wavFrames(this.#sound, this.scanned) / this.#sound.rate;
  }

  get #dataBytes() {
    return wavBytes(this.#sound, this.#frames) - HEADER_BYTES;
  }

  /**
   * Takes in what whole frames there are before `to` of the file.
   *
   * @param {number} to
   */
  async grow(to) {
    this.#frames = wavFrames(this.#sound, to - this.#from + HEADER_BYTES);
  }

  /** Any bytes are frames. */
  isWhole() {
    return true;
  }

  /**
   * @param {number} most bytes that it may have when it is complete
   * @returns {import("./parts.js").PartEnd | null} where it has to end; null: not
   *     even a frame fits
   */
  cutAt(most) {
    const frames = Math.min(this.#frames, wavFrames(this.#sound, most - 1));
    const to = this.#from + wavBytes(this.#sound, frames) - HEADER_BYTES;
    const seconds = wavFrames(this.#sound, to) / this.#sound.rate;
    return frames > 0 ? { to, before: to, seconds } : null;
  }

  /** Nothing follows: from now on it is complete. */
  close() {
    this.#padding = this.#dataBytes % 2;
    this.#header = wavHeader(this.#sound, this.#frames);
  }

  /**
   * @param {number} from
   * @param {number} to
   * @returns {Promise<Bytes>}
   */
  async read(from, to) {
    const end = HEADER_BYTES + this.#dataBytes;
    const data = [Math.max(from, HEADER_BYTES), Math.min(to, end)];
    const shift = this.#from - HEADER_BYTES;
    return concat([
      this.#header.subarray(from, to),
      data[0] < data[1]
        ? await this.#read(data[0] + shift, data[1] + shift)
        : new Uint8Array(0),
      new Uint8Array(Math.max(0, to - Math.max(from, end))),
    ]);
  }
}
