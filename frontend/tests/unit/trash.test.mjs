import assert from "node:assert/strict";
import { test } from "node:test";
import { createScratch } from "../../assets/js/library/scratch.js";
import { createTable } from "../../assets/js/library/tables.js";
import { KEPT_MS, createTrash } from "../../assets/js/library/trash.js";
import {
  createOwners,
  createTrashTable,
} from "../../assets/js/library/trash-table.js";
import { memoryStores } from "./support/memory-link.mjs";

/** @typedef {import("../../assets/js/core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../../assets/js/core/types.js").TakeRow} TakeRow */
/** @typedef {import("../../assets/js/core/types.js").UploadRow} UploadRow */

const FILES = ["audio.webm", "pcm.1", "pcm.2"];
const IDS = ["a", "b", "c"];

/** A device whose browser may end before any write, and whose disk may be full. */
function makeDevice() {
  /** @type {Map<string, Set<string>>} */
  const disk = new Map();
  /** @type {Set<string>} */
  const locked = new Set();
  /** @type {unknown} */
  let noted = [];
  const life = {
    stepsLeft: Infinity,
    now: 1_000_000,
    refused: 0, // rows for which there is no room
    isDiskAway: false,
    meanwhile: async () => {}, // before a file is removed
  };
  const step = () => {
    if (life.stepsLeft <= 0) {
      throw new Error("the browser has ended");
    }
    life.stepsLeft -= 1;
  };
  const { link, rows } = memoryStores((hasPut) => {
    step();
    if (hasPut && life.refused > 0) {
      life.refused -= 1;
      throw new DOMException("", "QuotaExceededError");
    }
  });
  const access = { link, announce: () => undefined };
  const files = {
    async has(/** @type {string} */ id, /** @type {string} */ name) {
      if (life.isDiskAway) {
        throw new Error("nobody can say");
      }
      return Boolean(disk.get(id)?.has(name));
    },
    names: async (/** @type {string} */ id) => [...(disk.get(id) ?? [])],
    stored: async () => /** @type {any} */ ({ size: 1000 }),
    async remove(/** @type {string} */ id, /** @type {string} */ name) {
      await life.meanwhile();
      step();
      disk.get(id)?.delete(name);
    },
    async removeAll(/** @type {string} */ id) {
      for (const name of [...(disk.get(id) ?? [])].reverse()) {
        await files.remove(id, name);
      }
      disk.delete(id);
    },
  };
  const acquireLock = async (/** @type {string} */ name) => {
    if (locked.has(name)) {
      return null;
    }
    locked.add(name);
    return () => void locked.delete(name);
  };
  /** @type {ReturnType<typeof createTable<RecordingRow>>} */
  const recordings = createTable(access, "recordings");
  /** @type {ReturnType<typeof createTable<TakeRow>>} */
  const takes = createTable(access, "crashGuard");
  /** @type {ReturnType<typeof createTable<UploadRow>>} */
  const uploads = createTable(access, "uploads");
  const trash = createTrash({
    database: { trash: createTrashTable(access), files },
    acquireLock,
    now: () => life.now,
  });
  const scratch = createScratch({
    owners: createOwners(access),
    preferences: {
      get: async () => noted,
      async update(_, change) {
        step();
        noted = change(noted);
      },
    },
    files,
    acquireLock,
  });

  return {
    ...{ disk, life, rows, recordings, takes, uploads, trash, scratch },

    /** @param {string} id @param {Partial<RecordingRow>} [row] */
    async make(id, row = {}) {
      await scratch.begin(id);
      disk.set(id, new Set(FILES));
      await recordings.put(/** @type {RecordingRow} */ ({ id, ...row }));
      if (row.state === "interrupted") {
        await takes.put(/** @type {TakeRow} */ ({ id, rate: 48_000 }));
      }
      await scratch.keep(id);
    },

    /** The page opens anew, on a whole machine. */
    restart() {
      life.stepsLeft = Infinity;
      life.refused = 0;
      locked.clear();
    },
  };
}

/** @param {ReturnType<typeof makeDevice>} device @param {string} after */
function assertOneOwner({ disk, rows }, after) {
  const here = rows("recordings").map(({ id }) => id);
  const buried = rows("trash");
  for (const id of [...here, ...buried.map((row) => row.id)]) {
    const owners = [here.includes(id), buried.some((row) => row.id === id)];
    assert.equal(owners.filter(Boolean).length, 1, `${id} after ${after}`);
  }
  const isGoing = (/** @type {any} */ row) =>
    row.isGoing || !disk.get(row.id)?.has("audio.webm");
  const left = buried.filter((row) => !isGoing(row)).map(({ id }) => id);
  const kept = [...here, ...left];
  for (const id of kept) {
    assert.deepEqual([...(disk.get(id) ?? [])], FILES, `${id} after ${after}`);
  }
}

/** @param {ReturnType<typeof makeDevice>} device */
function assertNothingLost({ disk, rows }) {
  const owned = ["recordings", "trash"].flatMap((name) =>
    rows(name).map(({ id }) => id),
  );
  assert.deepEqual([...disk.keys()].sort(), owned.sort());
}

/** @param {number} seed @returns {(below: number) => number} */
function createChance(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

test("whenever the browser ends, each take's audio has exactly one owner", async () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const device = makeDevice();
    const chance = createChance(seed);
    const pick = () => IDS[chance(IDS.length)];
    const { trash, scratch, life } = device;
    const deeds = /** @type {[string, () => Promise<unknown>][]} */ ([
      ["delete", () => trash.bury(pick())],
      ["delete", () => trash.bury(pick())],
      ["restore", () => trash.restore(pick())],
      ["purge", () => trash.purge(pick())],
      ["room", () => trash.freeOldest()],
      ["start", () => Promise.all([trash.sweep(), scratch.sweep()])],
      [
        "two pages",
        () => Promise.all([trash.restore(IDS[0]), trash.purge(IDS[0])]),
      ],
    ]);
    const state = /** @type {const} */ (["finished", "interrupted"]);
    for (const id of IDS) {
      await device.make(id, { state: state[chance(2)] });
      // Its page may have ended before it forgot that it was new.
      await (chance(2) === 0 && scratch.begin(id));
    }
    device.restart();
    const done = [];
    for (let turn = 0; turn < 12; turn += 1) {
      const [name, deed] = deeds[chance(deeds.length)];
      life.now += chance(10) * (KEPT_MS / 20);
      life.stepsLeft = chance(2) === 0 ? chance(6) : Infinity;
      life.refused = [0, 0, 1, Infinity][chance(4)];
      await deed().catch(() => undefined);
      done.push(`${name} ${life.stepsLeft} ${life.refused}`);
      device.restart();
      assertOneOwner(device, `seed ${seed}: ${done.join(", ")}`);
    }
    await Promise.all([trash.sweep(), scratch.sweep()]);
    assertNothingLost(device);
  }
});

test("what is restored is only here, and otherwise as it was", async () => {
  const { make, trash, takes, uploads, recordings } = makeDevice();
  const markers = [{ frame: 5, kind: "marker", at: 1, text: "here" }];
  const copy = { fileId: "a", at: 1, sha256: "", sizeBytes: 1 };
  await make(
    "a",
    /** @type {any} */ ({
      name: "Meyer",
      state: "interrupted",
      markers,
      uploaded: copy,
      wanted: "server",
      isCopy: true,
      parts: [{ from: 0, uploaded: copy }],
    }),
  );
  await uploads.put(/** @type {UploadRow} */ ({ id: "a", fileId: "a" }));
  assert.equal(await trash.bury("a"), true);
  const nothing = [undefined, undefined, undefined];
  const stores = [recordings, takes, uploads];
  const found = () => Promise.all(stores.map((store) => store.get("a")));
  assert.deepEqual(await found(), nothing);

  await uploads.put(/** @type {UploadRow} */ ({ id: "a", fileId: "a" }));
  assert.equal(await trash.restore("a"), true);
  const [row, take, upload] = await found();
  assert.deepEqual(row, {
    id: "a",
    name: "Meyer",
    state: "interrupted",
    markers,
    uploaded: null,
    wanted: "later",
  });
  assert.deepEqual([take?.id, upload], ["a", undefined]);
  assert.equal(await trash.restore("a"), false, "it is not there twice");
});

test("what broke off while it went is finished, and never restored", async () => {
  const { make, trash, life, restart, disk, rows } = makeDevice();
  await make("a");
  await trash.bury("a");
  life.stepsLeft = 2; // condemned, and the first of its files is gone
  await assert.rejects(trash.purge("a"));
  restart();
  assert.deepEqual(await trash.list(), []);
  assert.equal(await trash.restore("a"), false);
  assert.equal(await trash.bytes(), 2000);
  await trash.sweep();
  assert.deepEqual([[...disk.keys()], rows("trash")], [[], []]);
});

test("a disk without room for a row does not keep the trash from being emptied", async () => {
  const { make, trash, life, restart, disk, rows } = makeDevice();
  for (const id of IDS) {
    await make(id);
    await trash.bury(id);
  }
  life.refused = Infinity;
  await trash.purgeAll(["a"]);
  assert.deepEqual([...disk.keys()], ["b", "c"]);
  assert.equal(await trash.freeOldest(), true);
  assert.equal(rows("trash").length, 1);

  const [{ id }] = rows("trash");
  life.meanwhile = async () => {
    life.refused = 0;
    assert.equal(await trash.restore(id), false, "its audio is going");
  };
  life.stepsLeft = 2; // its audio is gone, and no more than that
  await assert.rejects(trash.purge(id));
  restart();
  assert.equal(await trash.restore(id), false);
  life.isDiskAway = true;
  await trash.sweep();
  assert.equal(rows("trash").length, 1, "it may be there");
  life.isDiskAway = false;
  await trash.sweep();
  assert.deepEqual([[...disk.keys()], rows("trash")], [[], []]);
});

test("what is in the library as well keeps its files", async () => {
  const { make, trash, recordings, disk, rows } = makeDevice();
  await make("a");
  await trash.bury("a");
  const [{ recording }] = rows("trash");
  await recordings.put(recording);
  await trash.purge("a");
  assert.deepEqual([[...disk.keys()], rows("trash")], [["a"], []]);
});

test("a month after it was deleted it goes, and not before", async () => {
  const { make, trash, life } = makeDevice();
  await make("a");
  await trash.bury("a");
  life.now += KEPT_MS - 1;
  await trash.sweep();
  assert.equal((await trash.list()).length, 1);
  life.now += 1;
  await trash.sweep();
  assert.deepEqual(await trash.list(), []);
});

test("a take gets room from what was deleted first, until there is none", async () => {
  const { make, trash, life } = makeDevice();
  for (const id of ["b", "a"]) {
    await make(id);
    await trash.bury(id);
    life.now += 1;
  }
  assert.equal(await trash.freeOldest(), true);
  assert.deepEqual(
    (await trash.list()).map(({ id }) => id),
    ["a"],
  );
  assert.equal(await trash.freeOldest(), true);
  assert.equal(await trash.freeOldest(), false);
});
