/**
 * A take from its first block to a finished recording: rows, files, and the ports
 * on which the audio thread's blocks come. See open-take.js for how it begins.
 *
 * Calling sequence: replay() if it goes on after an interruption, hear() once,
 * then the rest in any order, finish() last.
 *
 * @module
 */

import { Take } from "./take.js";
import { countGaps, withMarker } from "../core/markers.js";
import { digestOf } from "./digest.js";
import { framesToMs } from "../core/time.js";
import { withSegment } from "../core/segments.js";

/** @typedef {import("./files.js").SpoolFile} SpoolFile */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").TakeMarker} TakeMarker */
/** @typedef {import("../core/types.js").CaptureMessage} CaptureMessage */

/** How long the audio thread may take to hand over its last block. */
const LAST_BLOCK_MS = 2000;

/**
 * @typedef {object} RunningTakeOptions
 * @property {import("../core/types.js").NewTake} take
 * @property {MessagePort} port  the audio thread's blocks
 * @property {import("./files.js").SpoolFiles} files
 * @property {import("./journal.js").Journal} journal
 * @property {import("./offers.js").Offers} offers
 * @property {string} pageLife
 * @property {import("../core/types.js").TakeEvents} events
 * @property {import("./room.js").FreeRoom} freeRoom  of what was deleted
 */

/**
 * What a take has when it begins, or goes on.
 *
 * @typedef {object} TakeState
 * @property {{audio: SpoolFile, pcm: SpoolFile}} files  where it is written from now on
 * @property {import("../core/types.js").TakeSegment[]} segments  up to the one that begins
 * @property {TakeMarker[]} markers
 * @property {import("./take.js").Past} [past]  it goes on after an interruption
 */

/** A take whose files are open. */
export class RunningTake {
  #options;
  #files;
  #release;
  #take;
  #lastBlock;
  /** @type {(value: unknown) => void} */
  #end = () => undefined;
  /** @type {MessagePort[]} */
  #ports = [];
  #segments;
  #isOpen = true;
  #markers;
  /** What is added to what the audio thread of today counts. */
  #base = 0;

  /**
   * @param {RunningTakeOptions} options
   * @param {TakeState} state
   * @param {() => unknown} release
   */
  constructor(options, { files, segments, markers, past }, release) {
    const { take: row, events, freeRoom } = options;
    const { rate, channels, format } = row;
    this.#options = options;
    this.#files = files;
    this.#release = release;
    this.#segments = segments;
    this.#markers = markers;
    this.#take = new Take({
      rate,
      channels,
      format,
      files,
      past,
      freeRoom,
      onPeaks: (points) => events.onPeaks({ id: row.id, ...points }),
      onFault: (code) => {
        this.mark({ kind: "fault", code });
        events.onFault({ id: row.id, code });
      },
      onGap: (gap) => this.#markGap(gap),
      onFlushed: () => this.#noteFlushed(),
    });
    this.#lastBlock = new Promise((resolve) => (this.#end = resolve));
  }

  get frames() {
    return this.#take.frames;
  }

  /** @param {SpoolFile[]} pcm  what was recorded before */
  async replay(pcm) {
    await this.#take.replay(pcm);
    await this.#take.flush();
  }

  /**
   * Takes what the audio thread has sent, and sends.
   *
   * @param {MessagePort} port
   * @param {number} [base]  what is added to each frame that it counts
   */
  hear(port, base = 0) {
    this.#base = base;
    this.#ports.push(port);
    port.onmessage = ({ data }) => this.#receive(data, base);
  }

  /**
   * Goes on with a further segment, after its audio system was built anew: it
   * counts from the take's frames. What is still on its way from before comes
   * first; if that is more than the other side knew of, it begins behind it.
   *
   * @param {MessagePort} port  the audio thread's blocks from now on
   * @param {{at: number, frame: number}} place  when, and where in the take: what
   *     was not heard until there is silence, also if nothing follows it
   */
  goOn(port, { at, frame }) {
    const { id, rate, channels } = this.#options.take;
    const next = { rate, channels, at };
    this.#segments = withSegment(this.#segments, this.#take.frames, next);
    this.#options.journal.note(id, { segments: this.#segments });
    const unknown = Math.max(0, this.#take.due - frame);
    this.hear(port, this.#take.cut + unknown);
    this.#take.reach(frame + this.#base);
  }

  /**
   * Bytes of its audio file; null once it is closed.
   *
   * @param {number} from
   * @param {number} length
   */
  async read(from, length) {
    return this.#isOpen ? this.#files.audio.read(from, length) : null;
  }

  /**
   * Notes what is said of a moment of the take, by default the latest.
   *
   * @param {import("../core/types.js").TakeMoment} moment
   */
  mark({ counted, frame = this.frameOf(counted), ...moment }) {
    const { take, journal, events } = this.#options;
    const marker = { frame, at: Date.now(), ...moment };
    const markers = withMarker(this.#markers, marker);
    if (markers !== this.#markers) {
      this.#markers = markers;
      journal.note(take.id, { markers });
      events.onMarker({ id: take.id, rate: take.rate, ...marker });
    }
  }

  /** @param {{frame: number, frames: number, silent: number}} gap */
  #markGap({ silent, ...gap }) {
    const isCut = silent < gap.frames;
    this.mark({ kind: "gap", ...gap, ...(isCut ? { silent } : {}) });
  }

  /** @param {number} [counted]  by the audio thread of today; none: the latest */
  frameOf(counted) {
    return counted === undefined
      ? this.#take.frames
      : this.#take.placeOf(counted + this.#base);
  }

  /** Makes safe what there is, and tells how much that is. */
  async flush() {
    await this.#take.flush();
    this.#tellProgress();
  }

  /**
   * Ends the take after its last block.
   *
   * @param {(error: unknown) => Promise<RecordingRow | undefined>} [repair]  what
   *     could not be completed, while nobody else can have it
   * @returns {Promise<RecordingRow | undefined>}
   */
  async finish(repair = refuse) {
    await Promise.race([this.#lastBlock, pause(LAST_BLOCK_MS)]);
    return this.#keep()
      .catch(repair)
      .finally(() => this.#release());
  }

  async #keep() {
    const { take, journal, offers } = this.#options;
    const audio = await this.#complete().finally(() => this.#closeFiles());
    const recording = await journal.finish(take.id, audio);
    offers.finished(take.id, audio);
    return recording;
  }

  async #complete() {
    const frames = await this.#take.finish();
    const { audio } = this.#files;
    return {
      frames,
      sizeBytes: audio.size,
      sha256: await digestOf(audio),
      peaks: this.#take.thumbnail(),
      markers: this.#markers,
    };
  }

  #closeFiles() {
    this.#isOpen = false;
    this.#ports.forEach((port) => port.close());
    this.#files.pcm.close();
    this.#files.audio.close();
  }

  /** @param {CaptureMessage} message @param {number} base  of its port */
  #receive(message, base) {
    if (message.type === "end") {
      return this.#end(undefined);
    }
    const { first, channels } = message;
    this.#take.push({ first: base + first, channels });
    this.#tellProgress();
  }

  #tellProgress() {
    const { frames, framesFlushed, rate, flushed } = this.#take;
    this.#options.events.onProgress({
      id: this.#options.take.id,
      frames,
      rate,
      deviceSeconds: framesFlushed / rate,
      bytesFlushed: flushed.bytes,
      gaps: countGaps(this.#markers),
    });
  }

  #noteFlushed() {
    const { take, offers, journal } = this.#options;
    const { flushed, framesFlushed, due } = this.#take;
    offers.flushed(take.id, flushed);
    if (this.#ports.length === 0) {
      return; // what was there before was recorded then, not now
    }
    journal.note(take.id, {
      framesFlushed,
      flushedAt: Date.now() - framesToMs(due - framesFlushed, take.rate),
      bytesFlushed: flushed.bytes,
    });
  }
}

/** @param {unknown} error @returns {never} */
function refuse(error) {
  throw error;
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
