/**
 * How long a take can still become on this device. What the browser says of its
 * room is an estimate, and is told as one; the spool secures the last minute.
 */

import { SAMPLE_BYTES } from "./pcm24.js";

/** More than Opus needs of a second, in bytes, with its container. */
const OPUS_BYTES = 20_000;

/**
 * @param {{quota?: number, usage?: number}} estimate  of navigator.storage
 * @param {{rate: number, channels: number, format?: import("./types.js").TakeFormat}} sound
 * @returns {number | null} seconds, rounded down; null: the browser does not say
 */
export function secondsOfRoom({ quota, usage }, sound) {
  if (quota === undefined || usage === undefined) {
    return null;
  }
  const pcm = sound.rate * sound.channels * SAMPLE_BYTES;
  const perSecond = pcm + (sound.format === "wav" ? pcm : OPUS_BYTES);
  return Math.max(0, Math.floor((quota - usage) / perSecond));
}
