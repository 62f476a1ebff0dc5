import assert from "node:assert/strict";
import { test } from "node:test";
import { freeRecording } from "../../assets/js/library/removal.js";

const STORES = Object.freeze(["files", "uploads", "recordings", "takes"]);

/**
 * A device that has one recording, and breaks off at one of its stores.
 *
 * @param {string} [broken]
 */
function makeDevice(broken) {
  const left = new Set(STORES);
  const storeOf = (/** @type {string} */ name) => {
    const remove = async () => {
      if (name === broken) {
        throw new Error("cut");
      }
      left.delete(name);
    };
    const get = async () => (left.has(name) ? { id: "a" } : undefined);
    return [name, { get, remove, removeAll: remove }];
  };
  const database = /** @type {any} */ (Object.fromEntries(STORES.map(storeOf)));
  return { left, database };
}

/** A lock that one page at a time has. */
function createLock() {
  let isFree = true;
  return async () => {
    const wasFree = isFree;
    isFree = false;
    return wasFree ? () => void (isFree = true) : null;
  };
}

test("all of a recording is freed", async () => {
  const { left, database } = makeDevice();
  const acquireTake = createLock();
  await freeRecording(database, "a", acquireTake);
  assert.deepEqual([...left], []);
  assert.ok(await acquireTake(), "others may have it now");
});

test("what another page is deleting keeps its bytes", async () => {
  const { left, database } = makeDevice();
  const acquireTake = createLock();
  const release = await acquireTake();
  await assert.rejects(freeRecording(database, "a", acquireTake), {
    code: "TAKE_BUSY",
  });
  left.delete("recordings"); // it is in the trash
  release?.();
  await assert.rejects(freeRecording(database, "a", acquireTake), {
    code: "TAKE_MISSING",
  });
  assert.ok(left.has("files"));
});

test("nobody deletes what is being freed", async () => {
  const { database } = makeDevice();
  const acquireTake = createLock();
  /** @type {unknown} */
  let hasOther;
  const { removeAll } = database.files;
  database.files.removeAll = async () => {
    hasOther = await acquireTake();
    await removeAll();
  };
  await freeRecording(database, "a", acquireTake);
  assert.equal(hasOther, null);
});

test("a recording is found as long as it has bytes", async () => {
  for (const broken of STORES) {
    const { left, database } = makeDevice(broken);
    await assert.rejects(freeRecording(database, "a", createLock()), /cut/);
    assert.ok(!left.has("files") || left.has("recordings"), broken);
  }
});
