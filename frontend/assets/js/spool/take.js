/**
 * A running take: blocks from the audio thread go to the disk as PCM and as its
 * audio file, without holes (intake.js).
 *
 * Calling sequence: replay() if it goes on after an interruption, push() for each
 * block, then finish() once. A disk that is nearly full is told a minute ahead; one
 * that is full ends the take where it is, and all before it is kept. If the encoder
 * fails the PCM goes on alone.
 *
 * @module
 */

import { codeOf } from "../core/errors.js";
import { Intake } from "./intake.js";
import { PcmFile } from "./pcm-file.js";
import { MOST_BACKLOG, blocksOf, replay } from "./onward.js";
import { createOpusTrack } from "./opus-track.js";
import { createPeaks } from "../core/peaks.js";
import { createWavTrack } from "./wav-track.js";
import { silence } from "./encoder.js";
import { whileItMoves } from "./patience.js";
import { withRoom } from "./room.js";

/** @typedef {import("./files.js").SpoolFile} SpoolFile */

/**
 * @typedef {object} TakeOptions
 * @property {number} rate
 * @property {number} channels
 * @property {import("../core/types.js").TakeFormat} [format]
 * @property {{audio: SpoolFile, pcm: SpoolFile}} files  empty ones, or what there is
 *     of the audio file
 * @property {Past} [past]  it goes on after an interruption
 * @property {import("./room.js").FreeRoom} [freeRoom]  asked before it is told that
 *     the disk is nearly full, or a flush has found it full
 * @property {(points: import("../core/peaks.js").LivePoints) => void} onPeaks
 * @property {() => void} onFlushed  more of it is safe on this device
 * @property {(code: string) => void} onFault
 * @property {(gap: {frame: number, frames: number, silent: number}) => void} onGap
 *   audio is missing (intake.js)
 */

/**
 * @typedef {object} Past
 * @property {number} frames  of the take, before the interruption
 * @property {any} scan  of the audio file, as its format has it
 */

export class Take {
  #listener;
  #pcm;
  #track;
  #peaks;
  #intake;
  #isFull = false;
  #isLow = false;
  #isOver = false;
  #isEnding = false;
  /** @type {Promise<void> | null} */
  #flushing = null;
  #isUnsafe = false;

  /** @param {TakeOptions} options */
  constructor(options) {
    const { rate, channels, files, past } = options;
    this.#listener = options;
    this.rate = rate;
    this.channels = channels;
    this.#pcm = new PcmFile(files.pcm, rate, past?.frames);
    this.#peaks = createPeaks(rate);
    this.#track = createTrack(options, {
      makeRoom: () => this.#pcm.makeRoom(),
      onError: (error) => this.#fail(error),
    });
    this.#intake = new Intake({
      rate,
      channels,
      frames: () => this.frames,
      store: (piece) => this.#store(piece),
      room: () => this.#encoderHasRoom(),
      onGap: options.onGap,
      onError: (error) => this.#fail(error),
    });
  }

  get frames() {
    return this.#pcm.frames;
  }

  get framesFlushed() {
    return this.#pcm.framesFlushed;
  }

  /** Frames that the audio thread has counted and the take has not. */
  get cut() {
    return this.#intake.cut;
  }

  /** Its frames, once all that was pushed is stored. */
  get due() {
    return this.#intake.due;
  }

  /** @param {number} counted  a frame as the audio thread counts */
  placeOf(counted) {
    return this.#intake.placeOf(counted);
  }

  /** What of the audio file is on the disk for good. */
  get flushed() {
    return this.#track.flushed;
  }

  /** The outline of the take so far, in 1000 pairs of int8. */
  thumbnail() {
    return this.#peaks.thumbnail();
  }

  /**
   * Takes up what there is of it: the outline, and what the audio file lacks. What
   * only that file has is silence for the encoder, which would take what is heard
   * next for it.
   *
   * @param {SpoolFile[]} pcm  of all times that it was recorded before
   */
  async replay(pcm) {
    const onBlock = (
      /** @type {import("../core/framing.js").PcmBlock} */ block,
    ) => this.#listener.onPeaks(this.#peaks.push(block.channels));
    const encoder = this.#track;
    try {
      const at = await replay(blocksOf(pcm), { encoder, onBlock });
      if (at < this.frames) {
        encoder.push(silence(this.channels, this.frames - at));
      }
    } catch (error) {
      encoder.fail(error);
    }
  }

  /** @param {import("./intake.js").Block} block */
  push(block) {
    if (!this.#isFull && !this.#isOver) {
      this.#intake.push(block);
    }
  }

  /** @param {number} counted  a frame as the audio thread counts, up to which silence is */
  reach(counted) {
    this.push({ first: counted, channels: [] });
  }

  /** Makes what there is safe; resolves when it is, or that it is not was told. */
  async flush() {
    await this.#flushing;
    await this.#flushAlone();
  }

  /**
   * Completes the audio file with what was pushed before. Rejects with what failed if only the PCM is
   * complete: recovery makes the file from that.
   *
   * @returns {Promise<number>} frames at 48 kHz
   */
  async finish() {
    this.#isOver = true;
    await this.#intake.drained;
    await this.flush();
    this.#isEnding = true;
    try {
      return await this.#track.finish(() => this.#giveRoom());
    } catch (error) {
      await this.#pcm.takeBack().catch(() => undefined);
      throw error;
    } finally {
      this.#pcm.trim();
    }
  }

  /**
   * What the PCM needs no more is for the rest of the audio file; on a full disk
   * also its last blocks, once the audio file has them.
   */
  async #giveRoom() {
    this.#pcm.trim();
    if (this.#isFull) {
      await this.#track.flush(this.#track.size);
      await this.#pcm.offer();
    }
    await this.#flushPcm();
  }

  async #flushPcm() {
    try {
      await this.#pcm.flush();
    } catch (error) {
      if (codeOf(error, "") !== "STORAGE_FULL" || !this.#pcm.makeRoom()) {
        throw error;
      }
      await this.#pcm.flush();
    }
  }

  /** @param {Float32Array[]} pieces */
  #store(pieces) {
    this.#pcm.append(pieces);
    this.#track.push(pieces);
    this.#listener.onPeaks(this.#peaks.push(pieces));
    const isDue = this.frames - this.framesFlushed >= this.rate;
    if (isDue || this.#track.hasNews) {
      void this.#flushAlone();
    }
    if (isDue && !this.#isLow) {
      this.#secureRoom();
    }
  }

  #secureRoom() {
    try {
      this.#pcm.secure(this.#listener.format === "wav" ? 2 : 1);
    } catch (error) {
      if (codeOf(error, "") !== "STORAGE_FULL") {
        throw error;
      }
      this.#isLow = true;
      void this.#askForRoom();
    }
  }

  /** What was secured lasts until it is there, or that there is none was told. */
  async #askForRoom() {
    const { freeRoom, onFault } = this.#listener;
    if (freeRoom && (await freeRoom().catch(() => false))) {
      this.#isLow = false;
    } else {
      onFault("STORAGE_LOW");
    }
  }

  async #encoderHasRoom() {
    await whileItMoves({
      isDone: () => this.#track.backlog <= MOST_BACKLOG,
      progress: () => this.#track.backlog,
    }).catch((error) => this.#track.fail(error));
  }

  /** While one flush is under way there is no other: the next block asks again. */
  #flushAlone() {
    this.#flushing ??= this.#flushFiles().finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  async #flushFiles() {
    if (this.#isEnding) {
      return;
    }
    const { freeRoom = async () => false } = this.#listener;
    const { size } = this.#track;
    try {
      await withRoom(freeRoom, async () => {
        await this.#pcm.flush();
        await this.#track.flush(size);
      });
      this.#isUnsafe = false;
      this.#listener.onFlushed();
    } catch (error) {
      this.#tellUnsafe(error);
    }
  }

  /** @param {unknown} error  told once until a flush succeeds */
  #tellUnsafe(error) {
    if (!this.#isUnsafe) {
      this.#isUnsafe = true;
      this.#fail(error);
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    const code = codeOf(error, "SPOOL_FAILED");
    if (code === "STORAGE_FULL") {
      this.#isFull = true;
    }
    this.#listener.onFault(code);
  }
}

/**
 * @param {TakeOptions} options
 * @param {Pick<import("./opus-track.js").TrackOptions, "makeRoom" | "onError">} handlers
 */
function createTrack({ rate, channels, format, files, past }, handlers) {
  const create = format === "wav" ? createWavTrack : createOpusTrack;
  const from = past?.scan;
  return create({ rate, channels, file: files.audio, from, ...handlers });
}
