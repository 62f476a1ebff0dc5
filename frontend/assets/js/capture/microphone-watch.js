/**
 * Tells when the microphone goes: unplugged, muted, or silent to the last bit,
 * which no working microphone is.
 *
 * @module
 */

import { FLOOR_DB } from "./capture-port.js";

const SILENT_LEVELS = 60;

/**
 * @param {MediaStreamTrack} track
 * @param {object} options
 * @param {(code: string) => void} options.onFault
 * @param {AbortSignal} options.signal
 */
export function watchMicrophone(track, { onFault, signal }) {
  let silent = 0;
  track.addEventListener("ended", () => onFault("MICROPHONE_ENDED"), {
    signal,
  });
  track.addEventListener("mute", () => onFault("MICROPHONE_MUTED"), { signal });
  return {
    /** @param {{peakDb: number}} level  of the next twentieth of a second */
    hear({ peakDb }) {
      const isSilent = peakDb <= FLOOR_DB && track.readyState === "live";
      silent = isSilent ? silent + 1 : 0;
      if (silent === SILENT_LEVELS) {
        onFault("MICROPHONE_SILENT");
      }
    },
  };
}
