/**
 * A take from its first block to a finished recording: lock, rows, files, and
 * the port on which the audio thread's blocks come.
 *
 * @module
 */

import { AUDIO_NAME, openFile, openFolder, removeFolder } from "./files.js";
import { acquireLock, takeLock } from "./locks.js";
import { StudioError } from "../core/errors.js";
import { Take } from "./take.js";
import { countGaps, withMarker } from "../core/markers.js";
import { digestOf } from "./digest.js";
import { withLength } from "../core/segments.js";

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").TakeMarker} TakeMarker */
/** @typedef {import("../core/types.js").CaptureMessage} CaptureMessage */

/** How long the audio thread may take to hand over its last block. */
const LAST_BLOCK_MS = 2000;

/**
 * @typedef {object} RunningTakeOptions
 * @property {import("../core/types.js").NewTake} take
 * @property {MessagePort} port  the audio thread's blocks
 * @property {import("./journal.js").Journal} journal
 * @property {import("./offers.js").Offers} offers
 * @property {string} pageLife
 * @property {import("../core/types.js").TakeEvents} events
 */

/**
 * Begins a take. The blocks on `port` wait until this is done; if it fails
 * nothing is left behind.
 *
 * @param {RunningTakeOptions} options
 */
export async function openRunningTake(options) {
  const { take: row, journal, pageLife } = options;
  const release = await acquireLock(takeLock(row.id));
  if (!release) {
    throw new StudioError("TAKE_BUSY");
  }
  try {
    await journal.begin(row);
    const files = await openFiles(row.id, pageLife);
    return new RunningTake(options, files, release);
  } catch (error) {
    await removeFolder(row.id).catch(() => undefined);
    await journal.forget(row.id).catch(() => undefined);
    release();
    throw error;
  }
}

/**
 * @param {string} id
 * @param {string} pageLife
 */
async function openFiles(id, pageLife) {
  const folder = await openFolder(id, { create: true });
  return {
    audio: await openFile(folder, AUDIO_NAME),
    pcm: await openFile(folder, `pcm.${pageLife}`),
  };
}

/** A take whose files are open. */
export class RunningTake {
  #options;
  #files;
  #release;
  #take;
  #lastBlock;
  /** @type {(value: unknown) => void} */
  #end = () => undefined;
  #ports;
  /** @type {import("../core/types.js").TakeSegment[]} */
  #segments;
  #isOpen = true;
  /** @type {TakeMarker[]} */
  #markers = [];
  /** What had been cut when the audio thread of today began to count. */
  #cutBefore = 0;

  /**
   * @param {RunningTakeOptions} options
   * @param {Awaited<ReturnType<typeof openFiles>>} files
   * @param {() => void} release
   */
  constructor(options, files, release) {
    const { take: row, events } = options;
    const { rate, channels, startedAt: at } = row;
    this.#options = options;
    this.#files = files;
    this.#release = release;
    this.#take = new Take({
      rate,
      channels,
      files,
      onPeaks: (points) => events.onPeaks({ id: row.id, ...points }),
      onFault: (code) => {
        this.mark({ kind: "fault", code });
        events.onFault({ id: row.id, code });
      },
      onGap: (gap) => this.#markGap(gap),
      onFlushed: () => this.#noteFlushed(),
    });
    this.#segments = [{ rate, channels, frames: 0, at }];
    this.#ports = [options.port];
    this.#lastBlock = new Promise((resolve) => (this.#end = resolve));
    this.#hear(options.port);
  }

  get frames() {
    return this.#take.frames;
  }

  /** @param {MessagePort} port  whose audio thread counts from the take's frames */
  #hear(port) {
    const { cut } = this.#take;
    this.#cutBefore = cut;
    port.onmessage = ({ data }) => this.#receive(data, cut);
  }

  /**
   * Goes on with a further segment, after its audio system was built anew. What
   * is still on its way from before comes first.
   *
   * @param {MessagePort} port  the audio thread's blocks from now on
   * @param {{at: number, frame: number}} place  when, and where in the take: what
   *     was not heard until there is silence, also if nothing follows it
   */
  goOn(port, { at, frame }) {
    const { id, rate, channels } = this.#options.take;
    const before = withLength(this.#segments, this.#take.frames);
    this.#segments = [...before, { rate, channels, frames: 0, at }];
    this.#options.journal.note(id, { segments: this.#segments });
    this.#ports.push(port);
    this.#hear(port);
    this.#take.reach(frame + this.#cutBefore);
  }

  /**
   * Bytes of its audio file; null once it is closed.
   *
   * @param {number} from
   * @param {number} length
   */
  read(from, length) {
    return this.#isOpen ? this.#files.audio.read(from, length) : null;
  }

  /**
   * Notes what is said of a moment of the take, by default the latest.
   *
   * @param {import("../core/types.js").TakeMoment} moment
   */
  mark({ counted, frame = this.#frameAt(counted), ...moment }) {
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
  #frameAt(counted) {
    return counted === undefined
      ? this.#take.frames
      : this.#take.placeOf(counted + this.#cutBefore);
  }

  /** Makes safe what there is, and tells how much that is. */
  flush() {
    this.#take.flush();
    this.#tellProgress();
  }

  /**
   * Ends the take after its last block.
   *
   * @returns {Promise<RecordingRow | undefined>}
   */
  async finish() {
    const { take, journal, offers } = this.#options;
    await Promise.race([this.#lastBlock, pause(LAST_BLOCK_MS)]);
    try {
      const audio = await this.#complete().finally(() => this.#closeFiles());
      const recording = await journal.finish(take.id, audio);
      offers.finished(take.id, audio);
      return recording;
    } finally {
      this.#release();
    }
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

  /**
   * @param {CaptureMessage} message
   * @param {number} cut  before its audio thread began to count
   */
  #receive(message, cut) {
    if (message.type === "end") {
      return this.#end(undefined);
    }
    const { first, channels } = message;
    this.#take.push({ first: first + cut, channels });
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
    const { flushed, framesFlushed } = this.#take;
    offers.flushed(take.id, flushed);
    journal.note(take.id, { framesFlushed, bytesFlushed: flushed.bytes });
  }
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
