/**
 * Tells when the microphone goes: unplugged, muted, or silent for a second to the
 * last bit, which no working microphone is, unless something on its way closes in
 * each pause: once such a silence was over, the next one has to last longer. What can
 * end by itself is told to be over.
 *
 * @module
 */

import { FLOOR_DB } from "./capture-port.js";

/** A second of them. */
const SILENT_LEVELS = 20;

/** Longer than most pauses of who speaks behind a noise gate: half a minute. */
const GATED_LEVELS = 30 * 20;

/**
 * @param {MediaStreamTrack} track
 * @param {object} options
 * @param {(code: string) => void} options.onFault
 * @param {(code: string) => void} options.onOver  of what was told before
 * @param {AbortSignal} options.signal
 */
export function watchMicrophone(track, { onFault, onOver, signal }) {
  let silent = 0;
  let most = SILENT_LEVELS;
  let isMuted = false;

  /** @param {boolean} isSilent */
  function count(isSilent) {
    const wasTold = silent >= most;
    silent = isSilent ? silent + 1 : 0;
    if (silent === most) {
      onFault("MICROPHONE_SILENT");
    } else if (silent === 0 && wasTold) {
      most = GATED_LEVELS;
      onOver("MICROPHONE_SILENT");
    }
  }

  function mute() {
    isMuted = true;
    onFault("MICROPHONE_MUTED");
  }

  function unmute() {
    if (isMuted) {
      isMuted = false;
      onOver("MICROPHONE_MUTED");
    }
  }

  const ended = () => onFault("MICROPHONE_ENDED");
  track.addEventListener("ended", ended, { signal });
  track.addEventListener("mute", mute, { signal });
  track.addEventListener("unmute", unmute, { signal });
  return {
    /** @param {{peakDb: number}} level  of the next twentieth of a second */
    hear({ peakDb }) {
      if (!isMuted && track.readyState === "live") {
        count(peakDb <= FLOOR_DB);
      }
    },
  };
}
