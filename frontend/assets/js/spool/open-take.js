/**
 * How a take begins on this device, and how one that was interrupted goes on.
 *
 * @module
 */

import { AUDIO_NAME } from "./files.js";
import { acquireLock, takeLock } from "./locks.js";
import { markersWithin } from "../core/markers.js";
import { missedSince, openPast } from "./past.js";
import { RunningTake } from "./running-take.js";
import { StudioError } from "../core/errors.js";
import { clearWay, withRoom } from "./room.js";
import { withSegment } from "../core/segments.js";

/** @typedef {import("./files.js").SpoolFile} SpoolFile */
/** @typedef {import("./running-take.js").RunningTakeOptions} RunningTakeOptions */

/**
 * Begins a take. The blocks on its port wait until this is done; if it fails
 * nothing is left behind.
 *
 * @param {RunningTakeOptions} options
 */
export async function openRunningTake(options) {
  const { take: row, port, files, journal, pageLife } = options;
  const { freeRoom } = options;
  const release = await demandLock(row.id);
  /** @type {SpoolFile[]} */
  const open = [];
  try {
    await withRoom(freeRoom, () => journal.begin(row));
    const opened = await openFiles(files, row.id, { pageLife, open });
    await clearWay(opened.pcm, row, freeRoom);
    const segments = withSegment([], 0, segmentOf(row));
    const state = { files: opened, segments, markers: [] };
    const running = new RunningTake(options, state, release);
    running.hear(port);
    return running;
  } catch (error) {
    // A browser removes no file that is open.
    open.forEach((file) => file.close());
    await files.removeAll(row.id).catch(() => undefined);
    await journal.forget(row.id).catch(() => undefined);
    release();
    throw error;
  }
}

/**
 * Goes on with an interrupted take, as a new segment of it. The time in between
 * becomes silence, as if the audio thread had left it out. If this fails the take
 * is interrupted as before.
 *
 * @param {RunningTakeOptions} options
 * @returns {Promise<{running: RunningTake, first: number}>} first: the take's
 *     frame that the audio thread's first one is
 */
export async function continueRunningTake(options) {
  const { take: row, journal } = options;
  const release = await demandLock(row.id);
  try {
    const before = await journal.demandLike(row);
    const take = { ...row, format: before.format };
    return await goOn({ ...options, take }, before, release);
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * @param {RunningTakeOptions} options
 * @param {import("../core/types.js").TakeRow} before
 * @param {() => void} release
 */
async function goOn(options, before, release) {
  const { take: row, port, journal, offers, pageLife } = options;
  const { id, startedAt } = row;
  const past = await openPast(options.files, before, pageLife);
  const { files, old, scan, frames } = past;
  try {
    const markers = markersWithin(before.markers, frames);
    const segments = withSegment(before.segments, frames, segmentOf(row));
    const state = { files, segments, markers, past: { scan, frames } };
    const running = new RunningTake(options, state, release);
    await journal.goOn(id, segments);
    offers.resumed(id);
    await running.replay(old);
    running.mark({ kind: "fault", code: "TAKE_INTERRUPTED", frame: frames });
    running.hear(port, frames + missedSince(before, frames, startedAt));
    return { running, first: running.frameOf(0) };
  } catch (error) {
    files.audio.close();
    files.pcm.close();
    throw error;
  } finally {
    old.forEach((file) => file.close());
  }
}

/** @param {string} id */
async function demandLock(id) {
  const release = await acquireLock(takeLock(id));
  if (!release) {
    throw new StudioError("TAKE_BUSY");
  }
  return release;
}

/** @param {import("../core/types.js").NewTake} take */
function segmentOf({ rate, channels, startedAt: at }) {
  return { rate, channels, at };
}

/**
 * @param {import("./files.js").SpoolFiles} files
 * @param {string} id
 * @param {object} life
 * @param {string} life.pageLife
 * @param {SpoolFile[]} life.open  gets each file, also if another one fails
 */
async function openFiles(files, id, { pageLife, open }) {
  const audio = await files.open(id, AUDIO_NAME);
  open.push(audio);
  const pcm = await files.open(id, `pcm.${pageLife}`);
  open.push(pcm);
  return { audio, pcm };
}
