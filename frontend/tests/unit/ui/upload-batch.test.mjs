import assert from "node:assert/strict";
import { test } from "node:test";
import {
  followBatch,
  isStartable,
  NO_BATCH,
} from "../../../assets/js/ui/upload-batch.js";

/** @typedef {import("../../../assets/js/ui/ports.js").LibraryRow} LibraryRow */

/**
 * @param {string} id
 * @param {Partial<LibraryRow> & {is?: string, fraction?: number}} [parts]
 * @returns {LibraryRow}
 */
function row(id, { is, fraction = 0, ...parts } = {}) {
  const upload = is === undefined ? null : { state: is, fraction };
  return /** @type {any} */ ({
    id,
    state: "finished",
    sizeBytes: 100,
    onDevice: true,
    onServer: false,
    wanted: "server",
    upload,
    ...parts,
  });
}

/** @param {LibraryRow[][]} steps what the library showed, one after the other */
const after = (...steps) => {
  const { ids, ...figures } = steps.reduce(followBatch, NO_BATCH);
  return { count: ids.size, ...figures };
};

test("what is done stays counted until all of it is", () => {
  const begun = [row("a", { is: "uploading" }), row("b", { is: "queued" })];
  const there = [
    row("a", { onServer: true }),
    row("b", { is: "uploading", fraction: 0.5 }),
    row("old", { onServer: true }),
  ];
  assert.deepEqual(after(begun, there), {
    count: 2,
    done: 1,
    sentBytes: 150,
    totalBytes: 200,
  });
  const all = there.map(({ id }) => row(id, { onServer: true }));
  assert.equal(after(begun, there, all).count, 0);
});

test("who joins is counted, who rests or goes is not", () => {
  const begun = [row("a", { is: "uploading" }), row("b", { is: "waiting" })];
  const joined = [...begun, row("c", { is: "verifying", fraction: 1 })];
  assert.equal(after(begun, joined).count, 3);
  const rested = [row("a", { is: "paused" }), joined[2]];
  assert.deepEqual(after(begun, joined, rested), {
    count: 1,
    done: 0,
    sentBytes: 100,
    totalBytes: 100,
  });
});

test("a running take is no part of it", () => {
  const running = row("a", { is: "uploading", state: "recording" });
  assert.equal(after([running]).count, 0);
});

test("what would go with a word: what rests, what waits for it, nothing else", () => {
  for (const yes of [
    row("a", { is: "paused" }),
    row("a", { is: "failed" }),
    row("a", { wanted: "later" }),
  ]) {
    assert.equal(isStartable(yes), true, JSON.stringify(yes));
  }
  for (const no of [
    row("a", { is: "uploading" }),
    row("a", { wanted: "device" }),
    row("a", { wanted: "later", onServer: true }),
    row("a", { wanted: "later", state: "interrupted" }),
    row("a", { wanted: null, onDevice: false, onServer: true }),
  ]) {
    assert.equal(isStartable(no), false, JSON.stringify(no));
  }
});
