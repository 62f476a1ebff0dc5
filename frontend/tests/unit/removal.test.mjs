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
    return [name, { remove, removeAll: remove }];
  };
  const database = /** @type {any} */ (Object.fromEntries(STORES.map(storeOf)));
  return { left, database };
}

test("all of a recording is freed", async () => {
  const { left, database } = makeDevice();
  await freeRecording(database, "a");
  assert.deepEqual([...left], []);
});

test("a recording is found as long as it has bytes", async () => {
  for (const broken of STORES) {
    const { left, database } = makeDevice(broken);
    await assert.rejects(freeRecording(database, "a"), /cut/);
    assert.ok(!left.has("files") || left.has("recordings"), broken);
  }
});
