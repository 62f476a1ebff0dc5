/**
 * How the audio file of a take goes on where it was cut: at its last whole
 * cluster. The encoder starts one cluster earlier on the same grid, because it
 * takes time to settle, and what it makes of that is dropped.
 *
 * @module
 */

import { CLUSTER_PACKETS } from "../core/webm.js";
import { createOpusEncoder } from "./encoder.js";
import { freeAhead } from "./pcm-file.js";
import { readBlocks } from "../core/framing.js";
import { whileItMoves } from "./patience.js";

/** @typedef {import("./files.js").SpoolFile} SpoolFile */
/** @typedef {import("../core/framing.js").PcmBlock} PcmBlock */
/** @typedef {import("./encoder.js").OpusEncoder} OpusEncoder */

const BLOCKS_PER_TURN = 100;
const TURN_MS = 5;

/** Packets that may wait for the encoder. */
export const MOST_BACKLOG = 200;

/**
 * An encoder of what follows the packets that the file has.
 *
 * @param {object} options
 * @param {number} options.had  packets in whole clusters
 * @param {number} options.rate
 * @param {number} options.channels
 * @param {import("./audio-file.js").AudioFile} options.file
 * @param {(error: unknown) => void} [options.onError]
 */
export function encodeOnward({ had, rate, channels, file, onError }) {
  let packet = Math.max(0, had - CLUSTER_PACKETS);
  return createOpusEncoder({
    rate,
    channels,
    startPacket: packet,
    onHead: (head) => file.begin(head),
    onPacket(bytes) {
      if (packet++ >= had) {
        file.add(bytes);
      }
    },
    onError,
  });
}

/**
 * The blocks of a take in its own order, whichever page life recorded them. What
 * was secured ahead of a file is given back as soon as its blocks are known: the
 * audio file may need it.
 *
 * @param {SpoolFile[]} pcm
 * @returns {AsyncGenerator<PcmBlock, undefined>}
 */
export async function* blocksOf(pcm) {
  const begun = [];
  for (const file of pcm) {
    const head = await readBlocks(file).next();
    begun.push({ file, first: head.done ? Infinity : head.value.first });
  }
  begun.sort((one, other) => one.first - other.first);
  for (const { file } of begun) {
    const end = yield* readBlocks(file);
    await freeAhead(file, end);
  }
}

/**
 * Gives an encoder what it lacks. What is missing between blocks, because room
 * was made on a full disk, is silence: the rest stays where it belongs.
 *
 * @param {AsyncIterable<PcmBlock>} blocks
 * @param {object} to
 * @param {OpusEncoder | null} to.encoder
 * @param {(block: PcmBlock) => void} to.onBlock  all of them
 * @returns {Promise<number>} the frame up to which the encoder has it
 */
export async function replay(blocks, { encoder, onBlock }) {
  const backlog = () => encoder?.backlog ?? 0;
  let at = encoder?.firstInput ?? Infinity;
  let turn = 0;
  for await (const block of blocks) {
    const { first, channels } = block;
    onBlock(block);
    const end = first + channels[0].length;
    if (end > at) {
      encoder?.push(fromFrame(at, first, channels));
      at = end;
    }
    if (++turn >= BLOCKS_PER_TURN || backlog() > MOST_BACKLOG) {
      turn = 0;
      await new Promise((resolve) => setTimeout(resolve, TURN_MS));
      await whileItMoves({
        isDone: () => backlog() <= MOST_BACKLOG,
        progress: backlog,
      });
    }
  }
  return at;
}

/**
 * What a block has from frame `at` on, after silence where it begins later.
 *
 * @param {number} at
 * @param {number} first
 * @param {Float32Array[]} channels
 */
function fromFrame(at, first, channels) {
  if (first <= at) {
    return channels.map((samples) => samples.subarray(at - first));
  }
  return channels.map((samples) => {
    const later = new Float32Array(first - at + samples.length);
    later.set(samples, first - at);
    return later;
  });
}
