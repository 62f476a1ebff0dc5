/**
 * Sound presets: what is asked of the browser. One that is asked for nothing
 * cancels echoes, which eats into speech recorded without a loudspeaker; so each
 * setting is asked for. What works on the sound mixes the channels into one, so
 * what is to be stereo is asked for without.
 */

/** @typedef {"voice" | "music" | "unprocessed"} Preset */

/** @typedef {{echoCancellation: boolean, noiseSuppression: boolean, autoGainControl: boolean}} Processing */

/** @type {Readonly<Record<Preset, Processing & {channelCount: number}>>} */
export const PRESETS = Object.freeze({
  voice: {
    channelCount: 1,
    echoCancellation: false,
    noiseSuppression: true,
    autoGainControl: true,
  },
  music: {
    channelCount: 2,
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
  },
  unprocessed: {
    channelCount: 2,
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
  },
});

/** What a browser may do to the sound, in the order it is told. */
export const PROCESSING = /** @type {const} */ ([
  "echoCancellation",
  "noiseSuppression",
  "autoGainControl",
]);

/**
 * What of the processing is not as it was asked for; what a browser does not
 * tell is taken to be as asked.
 *
 * @param {Preset} preset
 * @param {Partial<Processing>} granted
 */
export function differences(preset, granted) {
  const asked = PRESETS[preset];
  return PROCESSING.filter(
    (name) => (granted[name] ?? asked[name]) !== asked[name],
  );
}
