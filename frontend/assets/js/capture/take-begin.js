/**
 * How a take begins in the spool, and how it goes on there after an interruption,
 * or after the audio system had to be built anew.
 *
 * @module
 */

import { framesToMs } from "../core/time.js";

/** @typedef {import("../core/types.js").NewTake} NewTake */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").TakeMoment} TakeMoment */

/**
 * What the recorder needs of the spool.
 *
 * @typedef {object} Spool
 * @property {EventTarget} events
 * @property {(take: NewTake, port: MessagePort) => Promise<void>} openTake
 * @property {(take: NewTake, port: MessagePort) => Promise<number>} continueTake  the
 *   take's frame that the audio thread's first one is
 * @property {(id: string, port: MessagePort, place: {at: number, frame: number}) => Promise<void>} goOn
 * @property {(id: string, moment: TakeMoment) => Promise<void>} mark
 * @property {(id: string) => Promise<RecordingRow>} closeTake
 */

/** @typedef {NewTake & {frames: number, heardAt: number, pausedAt: number, from: number | null}} Take
 *   frames: that the spool has, since `heardAt`; pausedAt: the last time, if it ever
 *   was; from: frame at which it was begun or continued, null until that is known */

/**
 * A take of which the spool has nothing new yet.
 *
 * @param {NewTake} take
 * @param {number | null} from
 * @returns {Take}
 */
export function unheard(take, from) {
  const { startedAt } = take;
  return { ...take, frames: 0, heardAt: startedAt, pausedAt: startedAt, from };
}

/**
 * What the audio thread does for a take that begins.
 *
 * @typedef {object} Begun
 * @property {MessagePort} port  where its blocks come
 * @property {Promise<number | null>} before  frames of the pre-roll
 */

/**
 * A take begins as long before it was started as its pre-roll is.
 *
 * @param {Spool} spool
 * @param {NewTake} take
 * @param {Begun} begun
 */
export async function openTake(spool, take, begun) {
  const before = await begun.before;
  await spool.openTake(withPreRoll(take, before), begun.port);
  await markStart(spool, take, before);
}

/**
 * An interrupted take goes on likewise.
 *
 * @param {Spool} spool
 * @param {NewTake} take
 * @param {Begun} begun
 * @returns {Promise<number>} the take's frame that the audio thread's first one is
 */
export async function continueTake(spool, take, begun) {
  const before = await begun.before;
  const again = withPreRoll(take, before);
  const first = await spool.continueTake(again, begun.port);
  await markStart(spool, take, before);
  return first;
}

/** @param {NewTake} take @param {number | null} frames */
function withPreRoll(take, frames) {
  const startedAt = take.startedAt - framesToMs(frames ?? 0, take.rate);
  return { ...take, startedAt };
}

/** @param {Spool} spool @param {NewTake} take @param {number | null} counted */
async function markStart(spool, { id }, counted) {
  if (counted) {
    await spool.mark(id, { kind: "start", counted });
  }
}

/**
 * A take goes on where it would be by now: what was not heard becomes silence of
 * the same length. One that is paused goes on where it would have been by then.
 *
 * @param {Spool} spool
 * @param {Take} take
 * @param {import("./input.js").Input} input
 * @param {{isPaused: boolean, now: number}} state
 */
export async function goOn(spool, take, { capture }, { isPaused, now }) {
  const frame = frameAt(take, isPaused ? take.pausedAt : now);
  const { port } = capture.start({ frame, isPaused });
  await spool.goOn(take.id, port, { at: now, frame });
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

/**
 * A pause begins.
 *
 * @param {Take} take
 * @param {number} now
 * @returns {number} the frame it would be at by now
 */
export function beginPause(take, now) {
  take.pausedAt = now;
  return frameAt(take, now);
}

/**
 * A pause ends: what was lost before it stays lost.
 *
 * @param {Pick<Take, "heardAt" | "pausedAt">} take
 * @param {number} now
 */
export function endPause(take, now) {
  take.heardAt = now - Math.max(0, take.pausedAt - take.heardAt);
}
