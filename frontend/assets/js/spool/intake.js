/**
 * What the audio thread sends, as one stream without holes and in pieces of a
 * second at most. Time that is missing between blocks becomes silence of the
 * same length; of more than ten minutes only a second is kept, and that it was
 * cut is told.
 *
 * Silence is made as fast as it can be encoded. What comes meanwhile waits.
 *
 * @module
 */

/** @typedef {{first: number, channels: Float32Array[]}} Block  no channels: nothing was heard
 *  until `first` */

/** The longest silence that is kept as such. */
export const MOST_SILENT_SECONDS = 600;

/** What is kept of a longer one. */
const CUT_SILENT_SECONDS = 1;

export class Intake {
  #options;
  /** @type {Block[]} */
  #waiting = [];
  #isDraining = false;
  #drained = Promise.resolve();
  /** Frames of the audio thread that the take has not. */
  #cut = 0;

  /**
   * @param {object} options
   * @param {number} options.rate
   * @param {number} options.channels
   * @param {() => number} options.frames  that are stored
   * @param {(piece: Float32Array[]) => void} options.store  takes each piece
   * @param {() => Promise<unknown>} options.room  what to wait for before more
   *     silence
   * @param {(lost: {frame: number, frames: number, silent: number}) => void} options.onGap
   *     frames are missing from `frame` of the take on, of which so many become silence
   * @param {(error: unknown) => void} options.onError  what `store` or `room` threw
   */
  constructor(options) {
    this.#options = options;
  }

  /** Frames that the audio thread has counted so far and the take has not. */
  get cut() {
    return this.#cut;
  }

  /**
   * The take's frame for one that the audio thread counts, however much of what
   * is missing before it will be cut.
   *
   * @param {number} counted
   */
  placeOf(counted) {
    const frame = this.#options.frames();
    return frame + this.#kept(counted - this.#cut - frame);
  }

  /** The take's frames, once all that was pushed so far is stored. */
  get due() {
    const last = this.#waiting.at(-1);
    const length = last?.channels[0]?.length ?? 0;
    return last ? this.placeOf(last.first) + length : this.#options.frames();
  }

  /** Resolves when all that was pushed so far is stored. */
  get drained() {
    return this.#drained;
  }

  /** @param {Block} block  the next one, or one after a gap */
  push(block) {
    this.#waiting.push(block);
    if (!this.#isDraining) {
      this.#isDraining = true;
      this.#drained = this.#drain();
    }
  }

  async #drain() {
    const { rate, room, store, onError } = this.#options;
    try {
      while (this.#waiting.length > 0) {
        const [{ first, channels }] = this.#waiting;
        for (let left = this.#missing(first); left > 0;) {
          const length = Math.min(left, rate);
          store(this.#silence(length));
          left -= length;
          await room();
        }
        if (channels.length > 0) {
          store(channels);
        }
        this.#waiting.shift();
      }
    } catch (error) {
      this.#waiting = [];
      onError(error);
    } finally {
      this.#isDraining = false;
    }
  }

  /**
   * @param {number} first  of a block, as the audio thread counts
   * @returns {number} frames of silence to put before it
   */
  #missing(first) {
    const frame = this.#options.frames();
    const frames = first - this.#cut - frame;
    if (frames <= 0) {
      return 0;
    }
    const kept = this.#kept(frames);
    this.#cut += frames - kept;
    this.#options.onGap({ frame, frames, silent: kept });
    return kept;
  }

  /** @param {number} frames  that are missing */
  #kept(frames) {
    const { rate } = this.#options;
    const isCut = frames > MOST_SILENT_SECONDS * rate;
    return isCut ? CUT_SILENT_SECONDS * rate : frames;
  }

  /** @param {number} length */
  #silence(length) {
    const samples = new Float32Array(length);
    return Array.from({ length: this.#options.channels }, () => samples);
  }
}
