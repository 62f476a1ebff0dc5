/**
 * What becomes of the sound on its way, whichever microphone is open: gain and
 * equaliser, whether one listens, the spectrum, how much before its start belongs
 * to a take, and what its file is.
 *
 * @module
 */

import { FLAT } from "../core/tone.js";

/** @typedef {import("../core/types.js").Tone} Tone */

/**
 * @typedef {object} Tuned  an open microphone
 * @property {(tone: Tone) => void} tune
 * @property {(isOn: boolean) => void} monitor
 * @property {(seconds: number) => void} keepBefore
 * @property {import("../core/spectrum.js").Spectrum} spectrum
 */

export class Sound {
  /** Of takes that are yet to begin. @type {import("../core/types.js").TakeFormat} */
  format = "opus";
  /** @type {Tuned | null} */
  #input = null;
  /** @type {Tone} */
  #tone = FLAT;
  #isMonitored = false;
  #secondsBefore = 0;

  get tone() {
    return this.#tone;
  }

  /** What is heard now, per frequency; null while no microphone is open. */
  get spectrum() {
    return this.#input?.spectrum ?? null;
  }

  /** @param {Tone} tone  for this microphone and whichever follows */
  tune(tone) {
    this.#tone = tone;
    this.#input?.tune(tone);
  }

  /** @param {boolean} isOn  whether what is heard is played, too */
  monitor(isOn) {
    this.#isMonitored = isOn;
    this.#input?.monitor(isOn);
  }

  /** @param {number} seconds  before its start that belong to a take */
  keepBefore(seconds) {
    this.#secondsBefore = seconds;
    this.#input?.keepBefore(seconds);
  }

  /** @param {Tuned | null} input  the microphone that is open now */
  attach(input) {
    this.#input = input;
    input?.tune(this.#tone);
    input?.monitor(this.#isMonitored);
    input?.keepBefore(this.#secondsBefore);
  }
}
