/**
 * The spool worker: constructs and wires what keeps takes safe on this device.
 *
 * @module
 */

import { StudioError, codeOf } from "../core/errors.js";
import { answerCalls } from "./calls.js";
import { createJournal } from "./journal.js";
import { createSpoolFiles } from "./files.js";
import { createOffers } from "./offers.js";
import { createRecovery } from "./recovery.js";
import { createStrays } from "./strays.js";
import { untilThereIsRoom } from "./no-room.js";
import { freePcm } from "./retention.js";
import { acquireLock, takeLock } from "./locks.js";
import { noteOlder } from "./older-notes.js";
import { createTrash } from "../library/trash.js";
import {
  lacksRecordingNote,
  listTakeFolders,
  readNotes,
  writeRecordingNote,
  writeTakeNote,
} from "./take-notes.js";
import { openDatabase } from "../library/database.js";
import { createLog } from "../library/log.js";
import { continueRunningTake, openRunningTake } from "./open-take.js";

/** @typedef {import("./running-take.js").RunningTake} RunningTake */

/** @type {DedicatedWorkerGlobalScope} */
const scope = /** @type {any} */ (self);
const pageLife = crypto.randomUUID();

/** When a page has begun, and so often, it is looked for recordings without notes. */
const IDLE_MS = 5000;
const REST_MS = 20;

/** @type {Map<string, RunningTake>} */
const running = new Map();
const offers = createOffers(
  async (id, from, length) => running.get(id)?.read(from, length) ?? null,
);
const ready = start();

/** @type {import("../core/types.js").TakeEvents} */
const events = {
  onProgress: (detail) => scope.postMessage({ event: "progress", detail }),
  onPeaks: (detail) => scope.postMessage({ event: "peaks", detail }),
  onFault(detail) {
    scope.postMessage({ event: "fault", detail });
    tell("fault", { take: detail.id, code: detail.code });
  },
  onMarker: (detail) => scope.postMessage({ event: "marker", detail }),
};

async function start() {
  const database = await openDatabase();
  const journal = createJournal(database, pageLife, events.onFault);
  const files = createSpoolFiles(database);
  const recovery = createRecovery({ files, database, journal, offers });
  const trash = createTrash({ database, acquireLock, now: () => Date.now() });
  const freeRoom = () => trash.freeOldest();
  const notes = { list: listTakeFolders, read: readNotes };
  const strays = createStrays({ files, database, journal, notes });
  freePcm(files, await database.recordings.list(), Date.now());
  const log = createLog({ store: database.log, from: "spool" });
  setTimeout(() => void noteRecordings(database), IDLE_MS);
  return { files, journal, recovery, strays, freeRoom, log };
}

/** @param {import("../library/database.js").Database} database */
async function noteRecordings(database) {
  await noteOlder({
    database,
    notes: { isMissing: lacksRecordingNote, write: writeRecordingNote },
    acquireTake: (id) => acquireLock(takeLock(id)),
    isRecording: () => running.size > 0,
    rest: () => new Promise((resolve) => setTimeout(resolve, REST_MS)),
  }).catch(() => undefined); // another time
}

/** @param {Parameters<import("../library/log.js").Log["note"]>} news */
function tell(...news) {
  ready.then(({ log }) => log.note(...news)).catch(() => undefined);
}

/** @param {import("../core/types.js").RecordingRow | undefined} recording */
function note(recording) {
  void (recording && writeRecordingNote(recording));
  return recording;
}

/** @param {string} id */
function runningTake(id) {
  const take = running.get(id);
  if (!take) {
    throw new StudioError("TAKE_MISSING");
  }
  return take;
}

async function listInterrupted() {
  const { strays, recovery } = await ready;
  await strays.takeIn();
  const rows = await recovery.list();
  rows.forEach(({ id }) => tell("takeInterrupted", { take: id }));
  return rows;
}

const receive = answerCalls(scope, {
  /** @param {import("../core/types.js").NewTake} take @param {MessagePort} port */
  async openTake(take, port) {
    const { files, journal, freeRoom } = await ready;
    const own = { offers, pageLife, events, freeRoom };
    const options = { take, port, files, journal, ...own };
    running.set(take.id, await openRunningTake(options));
    void writeTakeNote(take);
    tell("takeBegun", { take: take.id });
  },

  /** @param {import("../core/types.js").NewTake} take @param {MessagePort} port */
  async continueTake(take, port) {
    const { files, journal, recovery, freeRoom } = await ready;
    const own = { offers, pageLife, events, freeRoom };
    const options = { take, port, files, journal, ...own };
    try {
      const next = await continueRunningTake(options);
      running.set(take.id, next.running);
      tell("takeGoesOn", { take: take.id });
      return next.first;
    } catch (error) {
      journal.letGo(take.id);
      await recovery.list().catch(() => undefined);
      throw error;
    }
  },

  /** @param {string} id @param {MessagePort} port @param {{at: number, frame: number}} place */
  goOn: (id, port, place) => runningTake(id).goOn(port, place),

  /**
   * @param {string} id
   * @param {import("../core/types.js").TakeMoment} moment
   */
  async mark(id, moment) {
    const take = runningTake(id);
    take.mark(moment);
    await take.flush();
  },

  /** @param {string} id */
  async closeTake(id) {
    const { recovery, journal, log } = await ready;
    const take = runningTake(id);
    try {
      const recording = await take.finish(() =>
        untilThereIsRoom(() => recovery.recoverOwn(id)),
      );
      const seconds = (recording?.durationMs ?? 0) / 1000;
      log.note("takeEnded", { take: id, seconds, gaps: recording?.gaps });
      void log.flush();
      return note(recording);
    } catch (error) {
      tell("fault", { take: id, code: codeOf(error, "UNKNOWN") });
      journal.letGo(id);
      // What is told is how this take failed, and not another one.
      await listInterrupted().catch(() => undefined);
      throw error;
    } finally {
      running.delete(id);
    }
  },

  listInterrupted,

  /** @param {string} id */
  async recover(id) {
    const recording = await (await ready).recovery.recover(id);
    tell("takeRecovered", { take: id });
    return note(recording);
  },

  /** @param {MessagePort} port */
  attachUpload: (port) => offers.attach(port),
});

scope.onmessage = ({ data }) => receive(data);
