/**
 * The microphone: what is asked of the browser, and what it gave.
 *
 * @module
 */

import { StudioError } from "../core/errors.js";

/** @typedef {import("../core/types.js").Granted} Granted */

/** @typedef {keyof typeof PRESETS} Preset */

/**
 * @typedef {object} Microphone
 * @property {MediaStream} stream
 * @property {MediaStreamTrack} track
 * @property {Granted} granted
 */

/**
 * Sound presets. A browser that is asked for nothing cancels echoes, which eats
 * into speech recorded without a loudspeaker; so each setting is asked for.
 *
 * @type {Readonly<Record<"voice" | "unprocessed", MediaTrackConstraints>>}
 */
export const PRESETS = Object.freeze({
  voice: {
    channelCount: 1,
    echoCancellation: false,
    noiseSuppression: true,
    autoGainControl: true,
  },
  unprocessed: {
    channelCount: 2,
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
  },
});

/** @type {Readonly<Record<string, string>>} */
const CODES = Object.freeze({
  NotAllowedError: "MICROPHONE_DENIED",
  SecurityError: "MICROPHONE_DENIED",
  NotFoundError: "MICROPHONE_MISSING",
  OverconstrainedError: "MICROPHONE_MISSING",
  NotReadableError: "MICROPHONE_BUSY",
  AbortError: "MICROPHONE_BUSY",
});

/**
 * Opens the microphone; the browser may ask the person first. The caller ends
 * its tracks.
 *
 * @param {Preset} preset
 * @returns {Promise<Microphone>}
 */
export async function openMicrophone(preset) {
  const stream = await getStream(PRESETS[preset]);
  const [track] = stream.getAudioTracks();
  return { stream, track, granted: grantedBy(track) };
}

/** @param {MediaTrackConstraints} audio */
async function getStream(audio) {
  if (!navigator.mediaDevices) {
    throw new StudioError("UNSUPPORTED");
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    const code = CODES[name] ?? "MICROPHONE_MISSING";
    throw new StudioError(code, { cause: error });
  }
}

/**
 * @param {MediaStreamTrack} track
 * @returns {Granted}
 */
function grantedBy(track) {
  const given = track.getSettings();
  return {
    label: track.label,
    sampleRate: given.sampleRate,
    channelCount: given.channelCount,
    echoCancellation: Boolean(given.echoCancellation),
    noiseSuppression: given.noiseSuppression,
    autoGainControl: given.autoGainControl,
  };
}
