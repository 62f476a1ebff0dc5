/**
 * Gain, equaliser, spectrum and monitoring of an audio graph: a way beside that
 * of what the microphone gives.
 *
 *     input -> gain -> low -> mid -> high -> output -> analyser
 *                                             `-> loudspeaker, while one listens
 *
 * @module
 */

import { BANDS, FLAT, factorOf } from "../core/tone.js";

/** @typedef {import("../core/types.js").Tone} Tone */

/** Numbers are reached so fast, but without a click. */
const GLIDE_SECONDS = 0.02;

const SPECTRUM_FRAMES = 4096;

/** @param {AudioContext} context */
export function createTone(context) {
  const gain = new GainNode(context);
  const bands = BANDS.map(({ type, hz }) => {
    return new BiquadFilterNode(context, { type, frequency: hz });
  });
  const analyser = new AnalyserNode(context, {
    fftSize: SPECTRUM_FRAMES,
    smoothingTimeConstant: 0.7,
  });
  const output = [...bands, analyser].reduce(
    (from, to) => from.connect(to),
    /** @type {AudioNode} */ (gain),
  );
  const speaker = output.connect(new GainNode(context));
  const bins = new Float32Array(analyser.frequencyBinCount);

  /** @param {AudioParam} parameter @param {number} value */
  function glide(parameter, value) {
    parameter.setTargetAtTime(value, context.currentTime, GLIDE_SECONDS);
  }

  return {
    input: gain,
    output,

    /** @param {Tone} tone */
    tune(tone = FLAT) {
      glide(gain.gain, factorOf(tone.gain));
      bands.forEach((band, i) => glide(band.gain, tone[BANDS[i].name]));
    },

    /** @param {boolean} isOn */
    monitor(isOn) {
      speaker.disconnect();
      if (isOn) {
        speaker.connect(context.destination);
      }
    },

    /** The spectrum of the latest moment, in dB per bin up to half the rate. */
    get spectrum() {
      analyser.getFloatFrequencyData(bins);
      return { bins, rate: context.sampleRate };
    },
  };
}
