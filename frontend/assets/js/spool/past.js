/**
 * What there is of a take that was interrupted and shall go on.
 *
 * @module
 */

import { AUDIO_NAME } from "./files.js";
import { blocksOf, replay } from "./onward.js";
import { framesOfPackets } from "../core/webm.js";
import { OPUS_RATE } from "../core/opus.js";
import { scanWav } from "../core/wav.js";
import { scanWebm } from "../core/webm-scan.js";

/** @typedef {import("./files.js").SpoolFile} SpoolFile */
/** @typedef {import("../core/types.js").TakeRow} TakeRow */
/** @typedef {Awaited<ReturnType<typeof openPast>>} Past */

/**
 * Opens the files of an interrupted take; the caller closes them.
 *
 * @param {import("./files.js").SpoolFiles} files
 * @param {TakeRow} take
 * @param {string} pageLife  which goes on
 */
export async function openPast(files, take, pageLife) {
  const names = await files.listPcm(take.id);
  /** @type {SpoolFile[]} */
  const opened = [];
  const open = async (/** @type {string} */ name) => {
    const file = await files.open(take.id, name);
    opened.push(file);
    return file;
  };
  try {
    const old = [];
    for (const name of names) {
      old.push(await open(name));
    }
    const audio = await open(AUDIO_NAME);
    const { scan, frames } = await measure(audio, old, take);
    const pcm = await open(freshName(names, `pcm.${pageLife}.${frames}`));
    return { files: { audio, pcm }, old, scan, frames };
  } catch (error) {
    opened.forEach((file) => file.close());
    throw error;
  }
}

/**
 * How long the take is by its files.
 *
 * @param {SpoolFile} audio
 * @param {SpoolFile[]} pcm
 * @param {Pick<TakeRow, "format" | "rate" | "channels" | "bytesFlushed">} take
 */
export async function measure(audio, pcm, take) {
  const { scan, frames } = await scanAudio(audio, take);
  return { scan, frames: Math.max(await endOf(pcm), frames) };
}

/**
 * A name that no file has: an attempt to go on may have failed before.
 *
 * @param {string[]} names
 * @param {string} wish
 */
function freshName(names, wish) {
  let name = wish;
  for (let again = 1; names.includes(name); again++) {
    name = `${wish}.${again}`;
  }
  return name;
}

/** @param {SpoolFile[]} pcm */
async function endOf(pcm) {
  let end = 0;
  await replay(blocksOf(pcm), {
    encoder: null,
    onBlock({ first, channels }) {
      end = Math.max(end, first + channels[0].length);
    },
  });
  return end;
}

/**
 * What is whole of an audio file, and how many of the take's frames that is.
 *
 * @param {SpoolFile} audio
 * @param {Parameters<typeof measure>[2]} take
 */
async function scanAudio(audio, take) {
  const { format, rate, channels, bytesFlushed } = take;
  if (format === "wav") {
    const scan = await scanWav(audio, { channels, bytes: bytesFlushed });
    return { scan, frames: scan?.frames ?? 0 };
  }
  const scan = await scanWebm(audio, { isOpen: true });
  const frames = scan ? framesOfPackets(scan.track, scan.packets) : 0;
  return { scan, frames: Math.ceil((frames * rate) / OPUS_RATE) };
}

/**
 * Frames that nobody recorded since a take was interrupted. One that was paused
 * has missed none: a pause is a cut.
 *
 * @param {Pick<import("../core/types.js").TakeRow, "rate" | "framesFlushed"
 *     | "flushedAt" | "markers">} before
 * @param {number} frames  that it has
 * @param {number} now
 */
export function missedSince({ rate, markers, ...flushed }, frames, now) {
  const isPaused = markers.some(
    ({ kind, frame }) => kind === "pause" && frame >= frames,
  );
  if (isPaused || flushed.flushedAt === undefined) {
    return 0;
  }
  const later = (1000 * (frames - flushed.framesFlushed)) / rate;
  const silentMs = now - (flushed.flushedAt + later);
  return Math.max(0, Math.round((silentMs * rate) / 1000));
}
