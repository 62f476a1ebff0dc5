/**
 * Completes the audio file of a take that was interrupted.
 *
 * It is cut at its last whole cluster. What the PCM has beyond is encoded and
 * appended: the encoder starts one cluster earlier on the same grid, because it
 * takes time to settle, and what it makes of that is dropped. After another
 * crash all this can be done again.
 *
 * @module
 */

import { CLUSTER_PACKETS, framesOfPackets } from "../core/webm.js";
import { StudioError } from "../core/errors.js";
import { AudioFile } from "./audio-file.js";
import { createOpusEncoder } from "./encoder.js";
import { createPeaks } from "../core/peaks.js";
import { digestOf } from "./digest.js";
import { freeAhead } from "./pcm-file.js";
import { readBlocks } from "../core/framing.js";
import { scanWebm } from "../core/webm-scan.js";
import { whileItMoves } from "./patience.js";

/** @typedef {import("./files.js").SpoolFile} SpoolFile */
/** @typedef {Omit<import("./journal.js").FinishedAudio, "markers">} RepairedAudio */
/** @typedef {import("../core/framing.js").PcmBlock} PcmBlock */
/** @typedef {ReturnType<typeof scanWebm>} Scan */

const BLOCKS_PER_TURN = 100;
const MOST_BACKLOG = 200;
const TURN_MS = 5;

/**
 * Throws TAKE_EMPTY if there is no audio at all.
 *
 * @param {SpoolFile} audio
 * @param {SpoolFile[]} pcm  in the order they were recorded
 * @returns {Promise<RepairedAudio>}
 */
export async function repairAudio(audio, pcm) {
  const scan = scanWebm(audio);
  const first = blocksOf(pcm).next().value ?? null;
  if (!first && !scan?.packets) {
    throw new StudioError("TAKE_EMPTY");
  }
  const channels = first?.channels.length ?? 1;
  const file = new AudioFile({ file: audio, channels, from: scan });
  const tail = first && createTail(first, scan, file);
  const heard = first && (await replay(blocksOf(pcm), first.rate, tail));
  const frames = Math.max(framesIn(scan), tail ? await tail.finish() : 0);
  file.finish(frames);
  return {
    frames,
    sizeBytes: audio.size,
    sha256: await digestOf(audio),
    peaks: heard ? heard.thumbnail() : null,
  };
}

/**
 * All blocks. What was secured ahead of a file is given back as soon as its blocks
 * are known: the audio file may need it.
 *
 * @param {SpoolFile[]} pcm
 * @returns {Generator<PcmBlock, undefined>}
 */
function* blocksOf(pcm) {
  for (const file of pcm) {
    const end = yield* readBlocks(file);
    freeAhead(file, end);
  }
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
  let packet = Math.max(0, had - CLUSTER_PACKETS);
  return createOpusEncoder({
    rate,
    channels: channels.length,
    startPacket: packet,
    onHead: (head) => file.begin(head),
    onPacket(bytes) {
      if (packet++ >= had) {
        file.add(bytes);
      }
    },
  });
}

/**
 * Gives the encoder what it lacks, and draws the outline of all.
 *
 * @param {Iterable<PcmBlock>} blocks
 * @param {number} rate
 * @param {ReturnType<typeof createTail>} tail
 */
async function replay(blocks, rate, tail) {
  const peaks = createPeaks(rate);
  let turn = 0;
  for (const { first, channels } of blocks) {
    peaks.push(channels);
    const skipped = Math.max(0, (tail?.firstInput ?? Infinity) - first);
    if (skipped < channels[0].length) {
      tail?.push(channels.map((samples) => samples.subarray(skipped)));
    }
    const backlog = () => tail?.backlog ?? 0;
    if (++turn >= BLOCKS_PER_TURN || backlog() > MOST_BACKLOG) {
      turn = 0;
      await new Promise((resolve) => setTimeout(resolve, TURN_MS));
      await whileItMoves({
        isDone: () => backlog() <= MOST_BACKLOG,
        progress: backlog,
      });
    }
  }
  return peaks;
}
