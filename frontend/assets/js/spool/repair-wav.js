/**
 * Completes the WAV of a take that was interrupted: what was flushed stays, the
 * rest comes from the PCM.
 *
 * @module
 */

import { blocksOf, replay } from "./onward.js";
import { StudioError } from "../core/errors.js";
import { createPeaks } from "../core/peaks.js";
import { createWavTrack } from "./wav-track.js";
import { digestOf } from "./digest.js";
import { scanWav } from "../core/wav.js";

/** @typedef {import("./files.js").SpoolFile} SpoolFile */

/**
 * Throws TAKE_EMPTY if there is no audio at all.
 *
 * @param {SpoolFile} audio
 * @param {SpoolFile[]} pcm  in any order
 * @param {Pick<import("../core/types.js").TakeRow, "rate" | "channels" | "bytesFlushed">} noted
 * @returns {Promise<import("./repair.js").RepairedAudio>}
 */
export async function repairWav(audio, pcm, { rate, channels, bytesFlushed }) {
  const from = await scanWav(audio, { channels, bytes: bytesFlushed });
  const first = await blocksOf(pcm).next();
  if (first.done && !from?.frames) {
    throw new StudioError("TAKE_EMPTY");
  }
  const encoder = createWavTrack({ rate, channels, file: audio, from });
  const peaks = createPeaks(rate);
  await replay(blocksOf(pcm), {
    encoder,
    onBlock: (block) => void peaks.push(block.channels),
  });
  const frames = await encoder.finish();
  return {
    frames,
    sizeBytes: audio.size,
    sha256: await digestOf(audio),
    peaks: peaks.thumbnail(),
  };
}
