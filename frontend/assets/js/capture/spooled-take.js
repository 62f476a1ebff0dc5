/**
 * The recorder's take as the spool has it.
 *
 * @module
 */

import { continueTake, goOn, openTake } from "./take-begin.js";

/** @typedef {import("./take-begin.js").Begun} Begun */
/** @typedef {import("./take-begin.js").Spool} Spool */
/** @typedef {import("../core/types.js").NewTake} NewTake */
/** @typedef {import("../core/types.js").TakeMoment} TakeMoment */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */

export class SpooledTake {
  #spool;
  #id = "";
  /** @type {Promise<void>} the spool has the take in its journal */
  #opened = Promise.resolve();
  #isUnderWay = true;
  /** The take's frame that the audio thread's first one is. */
  #first = 0;

  /** @param {Spool} spool */
  constructor(spool) {
    this.#spool = spool;
  }

  /** Whether what the spool has of a take grows as it is heard. */
  get isUnderWay() {
    return this.#isUnderWay;
  }

  /**
   * @param {NewTake} take
   * @param {Begun} begun
   */
  async begin(take, begun) {
    this.#id = take.id;
    this.#first = 0;
    this.#opened = openTake(this.#spool, take, begun);
    await this.#opened;
  }

  /**
   * @param {NewTake} take  one that was interrupted
   * @param {Begun} begun
   * @param {(first: number) => void} onPlace  the take's frame that the audio
   *     thread's first one is, before anybody else hears that the spool has it
   */
  async continue(take, begun, onPlace) {
    this.#id = take.id;
    this.#first = 0;
    this.#isUnderWay = false;
    const opening = continueTake(this.#spool, take, begun);
    this.#opened = opening.then((first) => {
      this.#first = first;
      onPlace(first);
    });
    await this.#opened.finally(() => {
      this.#isUnderWay = true;
    });
  }

  /**
   * What the audio thread would count at a frame of the take.
   *
   * @param {number} frame
   */
  countOf(frame) {
    return frame - this.#first;
  }

  /**
   * Goes on after the audio system was built anew; from then on the audio thread
   * counts as the take does.
   *
   * @param {import("./take-begin.js").Take} take
   * @param {import("./input.js").Input} input
   * @param {{isPaused: boolean, now: number}} state
   */
  async goOn(take, input, state) {
    const going = goOn(this.#spool, take, input, state);
    this.#first = 0;
    await going;
  }

  /** Resolves when the spool has the take. */
  get opened() {
    return this.#opened;
  }

  /** @param {TakeMoment} moment */
  async mark(moment) {
    const id = this.#id;
    await this.#opened;
    await this.#spool.mark(id, moment);
  }

  /** @returns {Promise<RecordingRow>} */
  async close() {
    await this.#opened;
    return this.#spool.closeTake(this.#id);
  }
}
