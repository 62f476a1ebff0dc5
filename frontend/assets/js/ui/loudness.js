/**
 * The volume of an audio element. Above what it was recorded with it goes through
 * an amplifier, which is made when it is first needed and then stays.
 *
 * @param {HTMLMediaElement} audio
 * @param {AbortSignal} signal
 */
export function createLoudness(audio, signal) {
  /** @type {{context: AudioContext, gain: GainNode} | null} */
  let amplifier = null;
  signal.addEventListener("abort", () => void amplifier?.context.close(), {
    once: true,
  });

  function amplify() {
    const context = new AudioContext();
    const gain = context.createGain();
    context.createMediaElementSource(audio).connect(gain);
    gain.connect(context.destination);
    return { context, gain };
  }

  return {
    /** @param {number} volume 1 is as recorded */
    set(volume) {
      audio.volume = Math.min(1, volume);
      if (volume > 1) {
        amplifier ??= amplify();
      }
      if (amplifier) {
        amplifier.gain.gain.value = Math.max(1, volume);
      }
    },

    /** Whoever plays calls this first: browsers let no page sound by itself. */
    wake() {
      void amplifier?.context.resume();
    },
  };
}
