/**
 * A take from its first block to a finished recording: lock, rows, files, and
 * the port on which the audio thread's blocks come.
 *
 * @module
 */

import { AUDIO_NAME, openFile, openFolder, removeFolder } from "./files.js";
import { acquireLock, takeLock } from "./locks.js";
import { OPUS_RATE } from "../core/opus.js";
import { StudioError } from "../core/errors.js";
import { createTake } from "./take.js";
import { digestOf } from "./digest.js";

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").TakeMarker} TakeMarker */
/** @typedef {import("../core/types.js").CaptureMessage} CaptureMessage */
/** @typedef {Awaited<ReturnType<typeof openRunningTake>>} RunningTake */

/** How long the audio thread may take to hand over its last block. */
const LAST_BLOCK_MS = 2000;

/**
 * @typedef {object} RunningTakeOptions
 * @property {import("./journal.js").NewTake} take
 * @property {MessagePort} port  the audio thread's blocks
 * @property {import("./journal.js").Journal} journal
 * @property {import("./offers.js").Offers} offers
 * @property {string} pageLife
 * @property {import("./client.js").TakeEvents} events
 */

/**
 * Begins a take. The blocks on `port` wait until this is done; if it fails
 * nothing is left behind.
 *
 * @param {RunningTakeOptions} options
 */
export async function openRunningTake(options) {
  const { take: row, journal, pageLife } = options;
  const release = await acquireLock(takeLock(row.id));
  if (!release) {
    throw new StudioError("TAKE_BUSY");
  }
  try {
    await journal.begin(row);
    const files = await openFiles(row.id, pageLife);
    return run(options, files, release);
  } catch (error) {
    await removeFolder(row.id).catch(() => undefined);
    await journal.forget(row.id).catch(() => undefined);
    release();
    throw error;
  }
}

/**
 * @param {string} id
 * @param {string} pageLife
 */
async function openFiles(id, pageLife) {
  const folder = await openFolder(id, { create: true });
  return {
    audio: await openFile(folder, AUDIO_NAME),
    pcm: await openFile(folder, `pcm.${pageLife}`),
  };
}

/**
 * @param {RunningTakeOptions} options
 * @param {Awaited<ReturnType<typeof openFiles>>} files
 * @param {() => void} release
 */
function run({ take: row, port, journal, offers, events }, files, release) {
  const { id, rate, channels } = row;
  /** @type {TakeMarker[]} */
  const markers = [];
  const take = createTake({
    rate,
    channels,
    files,
    onPeaks: (points) => events.onPeaks({ id, ...points }),
    onFault: (code) => events.onFault({ id, code }),
    onFlushed() {
      const { flushed } = take.audio;
      offers.flushed(id, flushed);
      journal.note(id, {
        framesFlushed: take.framesFlushed,
        bytesFlushed: flushed.bytes,
      });
    },
  });
  const lastBlock = new Promise((resolve) => {
    port.onmessage = ({ data }) => {
      /** @type {CaptureMessage} */
      const message = data;
      if (message.type === "end") {
        return resolve(undefined);
      }
      take.push(message);
      tellProgress();
    };
  });

  function tellProgress() {
    events.onProgress({
      id,
      frames: take.frames,
      rate,
      deviceSeconds: take.framesFlushed / rate,
      bytesFlushed: take.audio.flushed.bytes,
      gaps: take.gaps,
    });
  }

  function closeFiles() {
    port.close();
    files.pcm.close();
    files.audio.close();
  }

  async function complete() {
    const frames = await take.finish();
    return {
      frames,
      sizeBytes: files.audio.size,
      sha256: await digestOf(files.audio),
      peaks: take.thumbnail(),
      gaps: take.gaps,
    };
  }

  return {
    /**
     * Bytes of its audio file.
     *
     * @param {number} from
     * @param {number} length
     */
    read: (from, length) => files.audio.read(from, length),

    /**
     * @param {TakeMarker["kind"]} kind
     * @param {number} frame
     */
    mark(kind, frame) {
      markers.push({ kind, frame, at: Date.now() });
      take.flush();
      journal.note(id, { markers: [...markers] });
      tellProgress();
    },

    /**
     * Ends the take after its last block.
     *
     * @returns {Promise<RecordingRow | undefined>}
     */
    async finish() {
      await Promise.race([lastBlock, pause(LAST_BLOCK_MS)]);
      try {
        const audio = await complete().finally(closeFiles);
        const recording = await journal.finish(id, audio);
        offers.finished(id, {
          sizeBytes: audio.sizeBytes,
          sha256: audio.sha256,
          seconds: audio.frames / OPUS_RATE,
        });
        return recording;
      } finally {
        release();
      }
    },
  };
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
