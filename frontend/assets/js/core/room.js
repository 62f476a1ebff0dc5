/**
 * How long a take can become: on this device, where what the browser says of its
 * room is an estimate, and is told as one (the spool secures the last minute); and
 * as one recording on the server.
 */

import { SAMPLE_BYTES } from "./pcm24.js";

/** More than Opus needs of a second, in bytes, with its container. */
const OPUS_BYTES = 20_000;

/** @typedef {{rate: number, channels: number, format?: import("./types.js").TakeFormat}} Sound */

/**
 * @param {{quota?: number, usage?: number}} estimate  of navigator.storage
 * @param {Sound} sound
 * @returns {number | null} seconds, rounded down; null: the browser does not say
 */
export function secondsOfRoom({ quota, usage }, sound) {
  if (quota === undefined || usage === undefined) {
    return null;
  }
  const perSecond = pcmBytes(sound) + audioBytes(sound);
  return Math.max(0, Math.floor((quota - usage) / perSecond));
}

/**
 * @param {number} mostBytes  that the server takes as one recording; 0: any number
 * @param {Sound} sound
 * @returns {number | null} seconds, rounded down; null: there is no limit
 */
export function secondsTaken(mostBytes, sound) {
  return mostBytes > 0 ? Math.floor(mostBytes / audioBytes(sound)) : null;
}

/** @param {Sound} sound  a second of it in the spool */
function pcmBytes({ rate, channels }) {
  return rate * channels * SAMPLE_BYTES;
}

/** @param {Sound} sound  a second of it in the recording */
function audioBytes(sound) {
  return sound.format === "wav" ? pcmBytes(sound) : OPUS_BYTES;
}
