import assert from "node:assert/strict";
import { test } from "node:test";
import { createUploadStore } from "../../assets/js/upload/upload-store.js";

/** @param {string[]} toDelete  names that are still to be deleted on the server */
function setUp(toDelete) {
  /** @type {Map<string, any>} */
  const rows = new Map();
  const uploads = {
    get: async (/** @type {string} */ id) => rows.get(id),
    put: async (/** @type {any} */ row) => void rows.set(row.id, row),
  };
  const outbox = {
    list: async () => toDelete.map((fileId) => ({ kind: "delete", fileId })),
  };
  const tables = /** @type {any} */ ({ recordings: {}, uploads, outbox });
  return createUploadStore(tables);
}

test("an upload has the name of its recording", async () => {
  assert.equal((await setUp(["b"]).begin("a")).fileId, "a");
});

test("a name that is still to be deleted is not used again", async () => {
  const store = setUp(["a"]);
  const noted = await store.note("a", "queued");
  assert.notEqual(noted.fileId, "a");
  assert.equal((await store.begin("a")).fileId, noted.fileId, "and kept");
});

test("until a take is finished its moments are those of its journal", async () => {
  const markers = [{ frame: 1, kind: "marker", at: 1 }];
  const segments = [{ rate: 44_100, channels: 1, frames: 0, at: 1 }];
  /** @type {any} */
  let take = { id: "a", markers, segments };
  /** @type {any} */
  let row = { id: "a", state: "recording", gaps: 0 };
  const tables = /** @type {any} */ ({
    recordings: { get: async () => row },
    takes: { get: async () => take },
  });
  const store = createUploadStore(tables);
  assert.deepEqual(await store.recording("a"), { ...row, markers, segments });
  row = { ...row, state: "finished", markers: [] };
  assert.deepEqual(await store.recording("a"), row, "what is left of it");
  take = undefined;
  assert.deepEqual(await store.recording("a"), row);
});

test("a name from before a database was lost renames no copy", async () => {
  for (const [isFound, renames] of /** @type {const} */ ([
    [false, 1],
    [true, 0],
  ])) {
    /** @type {object[]} */
    const added = [];
    const row = { id: "a", name: "Take 1", isFound };
    const tables = /** @type {any} */ ({
      recordings: { update: async () => ({ ...row, uploaded: copy }) },
      outbox: {
        list: async () => [],
        add: async (/** @type {object} */ one) => added.push(one),
      },
    });
    const copy = { fileId: "a", at: 1, sha256: "ab", sizeBytes: 9 };
    await createUploadStore(tables).publish("a", copy, "");
    assert.equal(added.length, renames);
  }
});

test("a copy that is verified after its upload was given up goes again", async () => {
  const copy = { fileId: "b", at: 1, sha256: "ab", sizeBytes: 9 };
  const later = { id: "a", name: "Take", wanted: "later", uploaded: null };
  const goes = { kind: "delete", fileId: "b", at: 1 };
  for (const [before, toGo, added] of /** @type {const} */ ([
    [{ ...later, wanted: "server" }, [], []],
    [later, [], [goes]],
    [later, [goes], []],
    // It is wanted again by then, and sent under another name.
    [{ ...later, wanted: "server" }, [goes], []],
  ])) {
    /** @type {any} */
    let row = before;
    /** @type {object[]} */
    const told = [];
    const tables = /** @type {any} */ ({
      recordings: {
        update: async (/** @type {string} */ _, /** @type {any} */ patch) =>
          (row = { ...row, ...patch(row) }),
      },
      outbox: {
        list: async () => toGo,
        add: async (/** @type {object} */ one) => told.push(one),
      },
    });
    await createUploadStore(tables).publish("a", copy, "Take");
    const isKept = before.wanted === "server" && toGo.length === 0;
    assert.deepEqual([row.uploaded, told], [isKept ? copy : null, added]);
  }
});

test("a part that is verified brings back no list that was given up", async () => {
  /** @type {any} */
  let row = { id: "a", name: "Take", parts: [{ uploaded: null }] };
  let isGivenUp = false;
  // Another page gives it up just before this one writes.
  const giveUp = () => {
    row = isGivenUp ? { ...row, parts: undefined, wanted: "later" } : row;
  };
  const recordings = {
    get: async () => {
      const before = row;
      giveUp();
      return before;
    },
    update: async (/** @type {string} */ _, /** @type {any} */ patch) => {
      giveUp();
      row = { ...row, ...(typeof patch === "function" ? patch(row) : patch) };
      return row;
    },
  };
  const outbox = { add: async () => 1 };
  const tables = /** @type {any} */ ({ recordings, uploads: {}, outbox });
  const store = createUploadStore(tables);
  const copy = { fileId: "b", at: 1, sha256: "ab", sizeBytes: 9 };
  await store.publishPart("a", 0, { copy, name: "Take" });
  assert.equal(row.parts[0].uploaded, copy, "while it is wanted");
  isGivenUp = true;
  await store.publishPart("a", 0, { copy, name: "Take" });
  assert.equal(row.parts, undefined);
});
