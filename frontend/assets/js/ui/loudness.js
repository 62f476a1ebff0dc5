import { BANDS, FLAT, isFlat } from "../core/tone.js";
import { listen } from "./dom.js";

/** @typedef {import("./ports.js").Tone} Tone */

/**
 * The volume and the tone of an audio element. Above what it was recorded with,
 * or with another tone, it goes through an amplifier, which is made when it is
 * first played so, then stays, and rests while the element does.
 *
 * @param {HTMLMediaElement} audio
 * @param {AbortSignal} signal
 */
export function createLoudness(audio, signal) {
  /** @type {{context: AudioContext, gain: GainNode, bands: BiquadFilterNode[]} | null} */
  let amplifier = null;
  let wanted = 1;
  /** @type {Tone} */
  let tone = FLAT;

  function amplify() {
    const context = new AudioContext();
    const gain = context.createGain();
    const bands = BANDS.map(({ type, hz }) => {
      const band = context.createBiquadFilter();
      band.type = type;
      band.frequency.value = hz;
      return band;
    });
    /** @type {AudioNode} */
    const source = context.createMediaElementSource(audio);
    [...bands, gain].reduce((from, to) => from.connect(to), source);
    gain.connect(context.destination);
    return { context, gain, bands };
  }

  function apply() {
    audio.volume = Math.min(1, wanted);
    if (amplifier) {
      amplifier.gain.gain.value = Math.max(1, wanted);
      amplifier.bands.forEach((band, at) => {
        band.gain.value = tone[BANDS[at].name];
      });
    }
  }

  /** Browsers let no page sound by itself: in what the user does, not after. */
  function wake() {
    if (wanted > 1 || !isFlat(tone)) {
      amplifier ??= amplify();
    }
    apply();
    void amplifier?.context.resume();
  }

  function rest() {
    if (audio.paused) {
      void amplifier?.context.suspend();
    }
  }

  function end() {
    void amplifier?.context.close();
    amplifier = null;
    wanted = 1;
    tone = FLAT;
  }

  listen(audio, "play", wake, signal);
  listen(audio, "pause", rest, signal);
  signal.addEventListener("abort", end, { once: true });

  return {
    /** @param {number} volume 1 is as recorded @param {Tone} [bands] of it only these */
    set(volume, bands = FLAT) {
      wanted = volume;
      tone = bands;
      if (audio.paused) {
        apply();
      } else {
        wake();
      }
    },

    /** Whoever plays calls this first, at once. */
    wake,
    /** Whoever empties the element calls this: it tells of no pause then. */
    rest,
  };
}
