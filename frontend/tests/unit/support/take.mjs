import { readBlocks } from "../../../assets/js/core/framing.js";
import { Take } from "../../../assets/js/spool/take.js";
import { installEncoder } from "./audio-encoder.mjs";
import { memoryFile } from "./memory-file.mjs";
import { collect } from "./source.mjs";

export const RATE = 48000;

/**
 * A take on a disk in memory.
 *
 * @param {import("node:test").TestContext} t
 * @param {number} [room]  bytes for its PCM
 * @param {object} [before]  what there is of it
 * @param {ReturnType<typeof memoryFile>} before.audio
 * @param {import("../../../assets/js/spool/take.js").Past} before.past
 * @param {import("../../../assets/js/spool/room.js").FreeRoom} [freeRoom]
 */
export function begin(t, room = Infinity, before, freeRoom) {
  const encoder = installEncoder(t);
  const pcm = memoryFile({ room });
  const files = { audio: before?.audio ?? memoryFile(), pcm };
  /** @type {string[]} */
  const faults = [];
  /** @type {object[]} */
  const gaps = [];
  let drawn = 0;
  const flushes = { count: 0 };
  const take = new Take({
    rate: RATE,
    channels: 1,
    files,
    past: before?.past,
    freeRoom,
    onPeaks: ({ from, min }) => (drawn = from + min.length),
    onFlushed: () => flushes.count++,
    onFault: (code) => faults.push(code),
    onGap: (gap) => gaps.push(gap),
  });
  let frame = before?.past.frames ?? 0;
  /** @param {number} seconds @param {number} [lost] seconds before it */
  function hear(seconds, lost = 0) {
    frame += lost * RATE;
    for (let end = frame + seconds * RATE; frame < end; frame += RATE / 10) {
      const channels = [new Float32Array(RATE / 10).fill(0.5)];
      take.push({ first: frame, channels });
    }
  }
  const samples = async () =>
    (await collect(readBlocks(files.pcm))).flatMap(({ channels }) => [
      ...channels[0],
    ]);
  const points = () => drawn;
  const heard = { faults, gaps, flushes, samples, points };
  return { take, encoder, files, hear, ...heard };
}

/** Packets are encoded meanwhile. */
export const turns = () => new Promise((resolve) => setTimeout(resolve, 50));
