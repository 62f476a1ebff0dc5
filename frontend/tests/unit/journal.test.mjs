import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { createPutTake } from "../../assets/js/library/tables.js";
import { createJournal } from "../../assets/js/spool/journal.js";
import { isPcmSpare } from "../../assets/js/spool/retention.js";
import { memoryStores } from "./support/memory-link.mjs";

const DAY = 24 * 60 * 60 * 1000;

function memoryTable() {
  /** @type {Map<string, any>} */
  const rows = new Map();
  return {
    rows,
    get: async (/** @type {string} */ id) => rows.get(id),
    list: async () => [...rows.values()],
    put: async (/** @type {any} */ row) => void rows.set(row.id, row),
    remove: async (/** @type {string} */ id) => void rows.delete(id),
    update: async (/** @type {string} */ id, /** @type {any} */ patch) => {
      await Promise.resolve();
      if (rows.has(id)) {
        rows.set(id, { ...rows.get(id), ...patch });
      }
      return rows.get(id);
    },
  };
}

function memoryDatabase() {
  const database = { recordings: memoryTable(), takes: memoryTable() };
  return {
    ...database,
    async putTake(/** @type {{take: any, recording: any}} */ rows) {
      await database.takes.put(rows.take);
      await database.recordings.put(rows.recording);
    },
  };
}

const TAKE = {
  id: "a",
  name: "Take 1",
  startedAt: 1000,
  rate: 44100,
  channels: 1,
  wanted: /** @type {const} */ ("server"),
  granted: null,
};

/** @param {{frame: number, frames: number, silent?: number}} missing */
const gap = (missing) => ({
  kind: /** @type {const} */ ("gap"),
  at: 1,
  ...missing,
});

async function begun() {
  const database = memoryDatabase();
  const journal = createJournal(database, "life");
  await journal.begin(TAKE);
  return { database, journal };
}

test("a take stands in both stores from its beginning", async () => {
  const { database } = await begun();
  assert.equal(database.recordings.rows.get("a").state, "recording");
  assert.equal(database.takes.rows.get("a").owner, "life");
});

test("both rows of a take are there, or neither", async () => {
  let isWhole = false;
  const { link, rows } = memoryStores(() => {
    if (!isWhole) {
      throw new Error("cut");
    }
  });
  /** @type {string[]} */
  const announced = [];
  const announce = (/** @type {string} */ name) => void announced.push(name);
  const putTake = createPutTake({ link, announce });
  const database = { ...memoryDatabase(), putTake };
  const journal = createJournal(database, "life");
  await assert.rejects(journal.begin(TAKE));
  assert.deepEqual([rows("crashGuard"), rows("recordings")], [[], []]);
  assert.deepEqual(announced, []);
  isWhole = true;
  await journal.begin(TAKE);
  const [take] = rows("crashGuard");
  const [recording] = rows("recordings");
  assert.deepEqual([take.owner, recording.state], ["life", "recording"]);
  assert.deepEqual(announced, ["crashGuard", "recordings"]);
});

test("a take tells what it was heard with, unless that was nothing", async () => {
  const database = memoryDatabase();
  const journal = createJournal(database, "life");
  const tone = { gain: 0, low: 0, mid: 0, high: 3, isPrinted: true };
  await journal.begin({ ...TAKE, tone });
  assert.deepEqual(database.recordings.rows.get("a").tone, tone);
  await journal.begin({ ...TAKE, tone: { ...tone, high: 0 } });
  assert.equal(database.recordings.rows.get("a").tone, undefined);
});

test("of many notes the latest is kept", async () => {
  const { database, journal } = await begun();
  for (let frames = 1; frames <= 50; frames++) {
    journal.note("a", { framesFlushed: frames });
  }
  journal.note("a", { bytesFlushed: 7 });
  await new Promise((resolve) => setImmediate(resolve));
  const { framesFlushed, bytesFlushed } = database.takes.rows.get("a");
  assert.deepEqual([framesFlushed, bytesFlushed], [50, 7]);
});

test("a finished take is a recording and no take, with its new name", async () => {
  const { database, journal } = await begun();
  await database.recordings.update("a", { name: "Meyer" });
  journal.note("a", { framesFlushed: 1 });
  const audio = { frames: 72000, sizeBytes: 9, sha256: "ab" };
  const markers = [1, 9].map((frame) => gap({ frame, frames: 7 }));
  const heard = { peaks: null, markers };
  await journal.finish("a", { ...audio, ...heard });
  await new Promise((resolve) => setImmediate(resolve));
  const row = database.recordings.rows.get("a");
  const { name, state, durationMs, gaps } = row;
  assert.deepEqual(row.markers, markers);
  assert.deepEqual(row.segments, [
    { rate: 44100, channels: 1, frames: 66150, at: 1000 },
  ]);
  assert.deepEqual(
    [name, state, durationMs, gaps],
    ["Meyer", "finished", 1500, 2],
  );
  assert.equal(database.takes.rows.size, 0);
});

test("a gap that a crash interrupted is as long as its silence", async () => {
  const { database, journal } = await begun();
  const whole = gap({ frame: 0, frames: 44100 });
  const cut = gap({ frame: 44100, frames: 9 ** 9, silent: 44100 });
  const [lasted, begins, after] = [66150, 88200, 100_000];
  const mark = { kind: /** @type {const} */ ("marker"), frame: after, at: 1 };
  const markers = [
    ...[whole, cut, mark],
    gap({ frame: lasted, frames: 44100 }),
    gap({ frame: begins, frames: 44100 }),
  ];
  const audio = { frames: 96000, sizeBytes: 9, sha256: "ab", peaks: null };
  await journal.finish("a", { ...audio, markers });
  const row = database.recordings.rows.get("a");
  assert.deepEqual(row.markers, [
    ...[whole, cut, { ...mark, frame: 88200 }],
    gap({ frame: lasted, frames: 22050 }),
  ]);
  assert.equal(row.gaps, 3);
});

test("a take that goes on has a further segment", async () => {
  const { database, journal } = await begun();
  await database.recordings.update("a", { state: "interrupted" });
  const later = { ...TAKE, startedAt: 9000 };
  assert.equal((await journal.demandLike(later)).id, "a");
  const heard = { rate: 44100, channels: 1 };
  await journal.goOn("a", [
    { ...heard, frames: 44100, at: 1000 },
    { ...heard, frames: 0, at: 9000 },
  ]);
  assert.equal(database.recordings.rows.get("a").state, "recording");
  const audio = { frames: 144000, sizeBytes: 9, sha256: "ab" };
  await journal.finish("a", { ...audio, peaks: null, markers: [] });
  assert.deepEqual(database.recordings.rows.get("a").segments, [
    { rate: 44100, channels: 1, frames: 44100, at: 1000 },
    { rate: 44100, channels: 1, frames: 88200, at: 9000 },
  ]);
});

test("a take goes on as it was, or not at all", async () => {
  const { journal } = await begun();
  for (const other of [{ rate: 48000 }, { channels: 2 }]) {
    const refused = journal.demandLike({ ...TAKE, ...other });
    await assert.rejects(refused, { code: "TAKE_OTHER_SOUND" });
  }
  const tone = { gain: 3, low: 0, mid: 0, high: 0, isPrinted: true };
  const louder = journal.demandLike({ ...TAKE, tone });
  await assert.rejects(louder, { code: "TAKE_OTHER_TONE" });
  await journal.demandLike({ ...TAKE, tone: { ...tone, isPrinted: false } });
  const gone = journal.demandLike({ ...TAKE, id: "b" });
  await assert.rejects(gone, { code: "TAKE_MISSING" });
});

test("a forgotten take leaves no row, not even by a late note", async () => {
  const { database, journal } = await begun();
  journal.note("a", { framesFlushed: 1 });
  await journal.forget("a");
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(database.takes.rows.size + database.recordings.rows.size, 0);
});

test("a note that fails is told once, and written with the next", async () => {
  const database = memoryDatabase();
  /** @type {object[]} */
  const faults = [];
  const journal = createJournal(database, "life", (fault) =>
    faults.push(fault),
  );
  await journal.begin(TAKE);
  const { update } = database.takes;
  database.takes.update = () => Promise.reject(new Error("full"));
  const marker = { kind: /** @type {const} */ ("marker"), frame: 7, at: 1 };
  journal.note("a", { markers: [marker] });
  await new Promise((resolve) => setImmediate(resolve));
  journal.note("a", { framesFlushed: 1 });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(faults, [{ id: "a", code: "STORAGE_ERROR" }]);

  database.takes.update = update;
  journal.note("a", { framesFlushed: 2 });
  await new Promise((resolve) => setImmediate(resolve));
  const { markers, framesFlushed } = database.takes.rows.get("a");
  assert.deepEqual([markers, framesFlushed], [[marker], 2]);
});

test("PCM is spare a day after the server had a verified copy", async () => {
  const { database } = await begun();
  const row = database.recordings.rows.get("a");
  const uploaded = { fileId: "a", at: 5, sha256: "ab", sizeBytes: 9 };
  const kept = { ...row, state: "finished", uploaded };
  assert.equal(isPcmSpare(kept, 5 + DAY + 1), true);
  assert.equal(isPcmSpare(kept, 5 + DAY), false);
  assert.equal(isPcmSpare({ ...kept, uploaded: null }, 9 * DAY), false);
  assert.equal(isPcmSpare({ ...kept, state: "interrupted" }, 9 * DAY), false);
});

test("a database that was lost has the rows of a take again", async () => {
  const { database, journal } = await begun();
  const stores = [database.takes, database.recordings];
  stores.forEach(({ rows }) => rows.clear());
  journal.note("a", { framesFlushed: 7 });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(database.takes.rows.get("a").framesFlushed, 7);
  assert.equal(database.recordings.rows.get("a").name, "Take 1");

  stores.forEach(({ rows }) => rows.clear());
  const audio = { frames: 72000, sizeBytes: 9, sha256: "ab", peaks: null };
  const row = await journal.finish("a", { ...audio, markers: [] });
  assert.equal(row?.state, "finished");
  assert.equal(row?.segments?.length, 1);
  assert.equal(database.takes.rows.size, 0);
});

test("rows of a take that another page may have are not put back", async () => {
  const { database, journal } = await begun();
  journal.letGo("a");
  [database.takes, database.recordings].forEach(({ rows }) => rows.clear());
  assert.equal(await journal.takeOf("a"), undefined);
  assert.equal(database.recordings.rows.size, 0);
});

test("a take is finished once there is room for its row", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { database, journal } = await begun();
  const { update } = database.recordings;
  const full = async () => Promise.reject(new StudioError("DATABASE_LOST"));
  database.recordings.update = full;
  const audio = { frames: 72000, sizeBytes: 9, sha256: "ab", peaks: null };
  const finished = journal.finish("a", { ...audio, markers: [] });
  await new Promise((resolve) => setImmediate(resolve));
  database.recordings.update = update;
  t.mock.timers.tick(500);
  assert.equal((await finished)?.state, "finished");
});

test("a note that fails for want of room is told as that, once", async () => {
  /** @type {string[]} */
  const faults = [];
  const database = memoryDatabase();
  const tell = (/** @type {{code: string}} */ { code }) => faults.push(code);
  const journal = createJournal(database, "life", tell);
  await journal.begin(TAKE);
  database.takes.update = async () =>
    Promise.reject(new StudioError("STORAGE_FULL"));
  for (const framesFlushed of [1, 2]) {
    journal.note("a", { framesFlushed });
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.deepEqual(faults, ["JOURNAL_FAILED"]);
});
