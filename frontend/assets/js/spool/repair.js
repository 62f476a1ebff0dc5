/**
 * Completes the audio file of a take that was interrupted.
 *
 * It is cut at its last whole cluster. What the PCM has beyond is encoded and
 * appended (onward.js). After another crash all this can be done again.
 *
 * @module
 */

import { blocksOf, encodeOnward, replay } from "./onward.js";
import { StudioError } from "../core/errors.js";
import { AudioFile } from "./audio-file.js";
import { createPeaks } from "../core/peaks.js";
import { digestOf } from "./digest.js";
import { framesOfPackets } from "../core/webm.js";
import { scanWebm } from "../core/webm-scan.js";

/** @typedef {import("./files.js").SpoolFile} SpoolFile */
/** @typedef {Omit<import("./journal.js").FinishedAudio, "markers">} RepairedAudio */
/** @typedef {import("../core/framing.js").PcmBlock} PcmBlock */
/** @typedef {Awaited<ReturnType<typeof scanWebm>>} Scan */

/**
 * Throws TAKE_EMPTY if there is no audio at all.
 *
 * @param {SpoolFile} audio
 * @param {SpoolFile[]} pcm  in any order
 * @returns {Promise<RepairedAudio>}
 */
export async function repairAudio(audio, pcm) {
  const scan = await scanWebm(audio);
  const first = (await blocksOf(pcm).next()).value ?? null;
  if (!first && !scan?.packets) {
    throw new StudioError("TAKE_EMPTY");
  }
  const channels = first?.channels.length ?? 1;
  const file = new AudioFile({ file: audio, channels, from: scan });
  const tail = first && createTail(first, scan, file);
  const heard = first && (await hear(pcm, first.rate, tail));
  const frames = Math.max(framesIn(scan), tail ? await tail.finish() : 0);
  await file.finish(frames);
  return {
    frames,
    sizeBytes: audio.size,
    sha256: await digestOf(audio),
    peaks: heard ? heard.thumbnail() : null,
  };
}

/** @param {Scan} scan */
function framesIn(scan) {
  return scan
    ? framesOfPackets(scan.track, scan.packets) - (scan.padding ?? 0)
    : 0;
}

/**
 * The encoder of what the file lacks; null if the file lacks nothing.
 *
 * @param {PcmBlock} first
 * @param {Scan} scan
 * @param {AudioFile} file
 */
function createTail({ rate, channels }, scan, file) {
  if (scan && scan.padding !== null) {
    return null;
  }
  const had = scan?.packets ?? 0;
  return encodeOnward({ had, rate, channels: channels.length, file });
}

/**
 * Gives the encoder what it lacks, and draws the outline of all.
 *
 * @param {SpoolFile[]} pcm
 * @param {number} rate
 * @param {ReturnType<typeof createTail>} encoder
 */
async function hear(pcm, rate, encoder) {
  const peaks = createPeaks(rate);
  await replay(blocksOf(pcm), {
    encoder,
    onBlock: ({ channels }) => void peaks.push(channels),
  });
  return peaks;
}
