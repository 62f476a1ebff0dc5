/**
 * How a take begins in the spool, and how it goes on there after the audio system
 * had to be built anew.
 *
 * @module
 */

import { framesToMs } from "../core/time.js";

/** @typedef {import("./recorder.js").Spool} Spool */
/** @typedef {import("./recorder.js").Take} Take */

/**
 * A take begins as long before it was started as its pre-roll is.
 *
 * @param {Spool} spool
 * @param {import("../core/types.js").NewTake} take
 * @param {{port: MessagePort, before: Promise<number | null>}} begun
 */
export async function openTake(spool, take, { port, before }) {
  const frame = (await before) ?? 0;
  const startedAt = take.startedAt - framesToMs(frame, take.rate);
  await spool.openTake({ ...take, startedAt }, port);
  if (frame > 0) {
    await spool.mark(take.id, { kind: "start", frame });
  }
}

/**
 * A take goes on where it would be by now: what was not heard becomes silence of
 * the same length. One that is paused goes on where it is.
 *
 * @param {Spool} spool
 * @param {Take} take
 * @param {import("./input.js").Input} input
 * @param {{isPaused: boolean, now: number}} state
 */
export async function goOn(spool, take, { capture }, { isPaused, now }) {
  const frame = isPaused ? take.frames : frameAt(take, now);
  const { port } = capture.start({ frame, isPaused });
  await spool.goOn(take.id, port, now);
  await spool.mark(take.id, {
    kind: "fault",
    code: "AUDIO_BACK",
    counted: frame,
  });
}

/**
 * The frame a take is at, as time goes by.
 *
 * @param {Pick<Take, "frames" | "heardAt" | "rate">} take
 * @param {number} now
 */
export function frameAt({ frames, heardAt, rate }, now) {
  const silentMs = Math.max(0, now - heardAt);
  return frames + Math.round((silentMs * rate) / 1000);
}
