/**
 * A fade that takes the click out of a cut: half a cosine, down before it and up
 * after it. Turned round on its way it goes on from where it is.
 *
 * @module
 */

export const FADE_SECONDS = 0.005;

/** @param {number} frames  how long it takes from one end to the other */
export function createFade(frames) {
  let position = frames;
  let step = 0;
  return {
    /** Fades in from now on, up to full gain. */
    open() {
      step = 1;
    },

    /** Fades out from now on. */
    shut() {
      step = -1;
    },

    /** Silent at once: what comes next fades in. */
    cut() {
      position = 0;
      step = 1;
    },

    /** Frames until there is silence; Infinity while it does not fade out. */
    get left() {
      return step < 0 ? position : Infinity;
    },

    /**
     * Fades the next frames, in place.
     *
     * @param {Float32Array[]} channels
     * @param {number} from
     * @param {number} to
     */
    apply(channels, from, to) {
      for (let i = from; i < to && step !== 0; i++) {
        const gain = (1 - Math.cos((Math.PI * position) / frames)) / 2;
        channels.forEach((samples) => (samples[i] *= gain));
        position = Math.min(frames, Math.max(0, position + step));
        if (position === frames) {
          step = 0;
        }
      }
    },
  };
}
