/**
 * What the database knows of takes: a row in `crashGuard` from before the first
 * frame until the take is a finished recording, and its row in `recordings`. Rows of
 * a take of this page are remembered: a browser that fails to write its database to
 * a full disk may throw it away, and begin an empty one.
 *
 * @module
 */

import { StudioError } from "../core/errors.js";
import { OPUS_RATE } from "../core/opus.js";
import { countGaps, markersWithin } from "../core/markers.js";
import { framesToMs } from "../core/time.js";
import { withLength, withSegment } from "../core/segments.js";
import { noteFault, untilThereIsRoom } from "./no-room.js";
import { rememberRows } from "./own-rows.js";
import { isFlat, isPrintedAlike } from "../core/tone.js";

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").NewTake} NewTake */
/** @typedef {import("../core/types.js").TakeRow} TakeRow */
/** @typedef {import("../core/types.js").TakeMarker} TakeMarker */
/** @typedef {ReturnType<typeof createJournal>} Journal */

/**
 * @template Row
 * @typedef {object} Table
 * @property {(id: string) => Promise<Row | undefined>} get
 * @property {() => Promise<Row[]>} list
 * @property {(row: Row) => Promise<void>} put
 * @property {(id: string, patch: Partial<Row>) => Promise<Row | undefined>} update
 * @property {(id: string) => Promise<void>} remove
 */

/**
 * @typedef {object} Database
 * @property {Table<RecordingRow>} recordings
 * @property {Table<TakeRow>} takes
 * @property {(rows: import("./own-rows.js").OwnRows) => Promise<void>} putTake  both or
 *   neither
 */

/**
 * @typedef {object} FinishedAudio
 * @property {number} frames  at 48 kHz
 * @property {number} sizeBytes
 * @property {string} sha256
 * @property {Uint8Array | null} peaks
 * @property {TakeMarker[]} markers
 */

/**
 * @param {Database} database
 * @param {string} pageLife
 * @param {(fault: {id: string, code: string}) => void} [onFault]  a note could not
 *     be written; it is tried again with the next, and told once until one is
 */
export function createJournal(database, pageLife, onFault = () => undefined) {
  /** @type {Map<string, Partial<TakeRow>>} */
  const unwritten = new Map();
  /** @type {typeof unwritten} */
  const failed = new Map();
  const own = rememberRows(database);
  let isWriting = false;
  let isFailing = false;

  /** @param {string} id @param {Partial<TakeRow>} patch */
  async function writeNote(id, patch) {
    try {
      own.note(id, patch);
      await ((await database.takes.update(id, patch)) ?? own.putBack(id));
      isFailing = false;
    } catch (error) {
      failed.set(id, patch);
      if (!isFailing) {
        onFault({ id, code: noteFault(error) });
      }
      isFailing = true;
    }
  }

  async function writeNotes() {
    isWriting = true;
    for (const [id, patch] of unwritten) {
      unwritten.delete(id);
      await writeNote(id, patch);
    }
    isWriting = false;
  }

  /** @param {string} id @param {FinishedAudio} audio */
  async function finishRows(id, { frames, ...audio }) {
    const take = (await database.takes.get(id)) ?? (await own.putBack(id));
    const recording = await database.recordings.update(id, {
      ...audio,
      ...(take ? momentsOf(take, audio.markers, frames) : {}),
      durationMs: framesToMs(frames, OPUS_RATE),
      state: "finished",
    });
    await database.takes.remove(id);
    return recording;
  }

  return {
    /** @param {NewTake} take */
    async begin(take) {
      const rows = {
        take: takeRow(take, pageLife),
        recording: recordingRow(take),
      };
      await database.putTake(rows);
      own.remember(rows);
    },

    /**
     * What is noted of an interrupted take, if it can go on with what is heard
     * now.
     *
     * @param {NewTake} take
     */
    async demandLike({ id, rate, channels, tone }) {
      const before = await database.takes.get(id);
      const row = await database.recordings.get(id);
      if (!before || !row) {
        throw new StudioError("TAKE_MISSING");
      }
      if (!isPrintedAlike(row.tone, tone)) {
        throw new StudioError("TAKE_OTHER_TONE");
      }
      if (before.rate !== rate || before.channels !== channels) {
        throw new StudioError("TAKE_OTHER_SOUND");
      }
      return before;
    },

    /**
     * An interrupted take goes on, as a new segment.
     *
     * @param {string} id
     * @param {TakeRow["segments"]} segments
     */
    async goOn(id, segments) {
      const state = /** @type {const} */ ("recording");
      const recording = await database.recordings.update(id, { state });
      const news = { owner: pageLife, segments };
      const take = await database.takes.update(id, news);
      if (recording && take) {
        own.remember({ take, recording });
      }
    },

    /**
     * Notes how far a take is; never waits, the latest note wins.
     *
     * @param {string} id
     * @param {Partial<TakeRow>} patch
     */
    note(id, patch) {
      const before = { ...failed.get(id), ...unwritten.get(id) };
      failed.delete(id);
      unwritten.set(id, { ...before, ...patch });
      if (!isWriting) {
        writeNotes();
      }
    },

    /**
     * What is noted of a take; rows that were lost are there again.
     *
     * @param {string} id
     */
    takeOf: async (id) => (await database.takes.get(id)) ?? own.putBack(id),

    /**
     * Another page may have the take from now on: its rows are no longer this one's.
     *
     * @param {string} id
     */
    letGo: (id) => own.forget(id),

    /**
     * @param {string} id
     * @param {FinishedAudio} audio
     */
    async finish(id, audio) {
      unwritten.delete(id);
      failed.delete(id);
      const recording = await untilThereIsRoom(() => finishRows(id, audio));
      own.forget(id);
      return recording;
    },

    /** @param {string} id */
    async forget(id) {
      unwritten.delete(id);
      failed.delete(id);
      own.forget(id);
      await database.recordings.remove(id);
      await database.takes.remove(id);
    },
  };
}

/**
 * What is told of moments of a take, none of them after its end.
 *
 * @param {TakeRow} take
 * @param {TakeMarker[]} told
 * @param {number} frames  at 48 kHz
 */
function momentsOf({ segments, rate }, told, frames) {
  const end = Math.round((frames * rate) / OPUS_RATE);
  const markers = markersWithin(told, end);
  const gaps = countGaps(markers);
  return { markers, gaps, segments: withLength(segments, end) };
}

/**
 * @param {NewTake} take
 * @returns {RecordingRow}
 */
function recordingRow({ id, name, startedAt, wanted, ...heard }) {
  const { granted, tone, format } = heard;
  return {
    id,
    name,
    timestamp: startedAt,
    durationMs: 0,
    sizeBytes: 0,
    mimeType: format === "wav" ? "audio/wav" : "audio/webm",
    sha256: null,
    peaks: null,
    place: "device",
    state: "recording",
    uploaded: null,
    wanted,
    gaps: 0,
    granted,
    ...(tone && !isFlat(tone) ? { tone } : {}),
  };
}

/**
 * @param {NewTake} take
 * @param {string} owner
 * @returns {TakeRow}
 */
function takeRow({ id, startedAt, rate, channels, format = "opus" }, owner) {
  return {
    id,
    startedAt,
    rate,
    channels,
    format,
    isRecording: true,
    owner,
    framesFlushed: 0,
    flushedAt: startedAt,
    bytesFlushed: 0,
    segments: withSegment([], 0, { rate, channels, at: startedAt }),
    markers: [],
  };
}
