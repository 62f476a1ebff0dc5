import { listen } from "./dom.js";

/**
 * The volume of an audio element. Above what it was recorded with it goes through
 * an amplifier, which is made when it is first played so loud, then stays, and
 * rests while the element does.
 *
 * @param {HTMLMediaElement} audio
 * @param {AbortSignal} signal
 */
export function createLoudness(audio, signal) {
  /** @type {{context: AudioContext, gain: GainNode} | null} */
  let amplifier = null;
  let wanted = 1;

  function amplify() {
    const context = new AudioContext();
    const gain = context.createGain();
    context.createMediaElementSource(audio).connect(gain);
    gain.connect(context.destination);
    return { context, gain };
  }

  function apply() {
    audio.volume = Math.min(1, wanted);
    if (amplifier) {
      amplifier.gain.gain.value = Math.max(1, wanted);
    }
  }

  /** Browsers let no page sound by itself: in what the user does, not after. */
  function wake() {
    if (wanted > 1) {
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
  }

  listen(audio, "play", wake, signal);
  listen(audio, "pause", rest, signal);
  signal.addEventListener("abort", end, { once: true });

  return {
    /** @param {number} volume 1 is as recorded */
    set(volume) {
      wanted = volume;
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
