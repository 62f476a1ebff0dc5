import assert from "node:assert/strict";
import { test } from "node:test";
import { describePart } from "../../assets/js/upload/part-row.js";

const RATE = 1000;

/** @param {object[]} markers @param {object} part */
function markersOf(markers, part) {
  const recording = /** @type {any} */ ({
    name: "Lecture",
    timestamp: 0,
    durationMs: 100_000,
    segments: [{ rate: RATE, frames: 100 * RATE }],
    markers,
  });
  return describePart(recording, { place: 1, from: 50, length: 50, ...part });
}

test("a marker at the very end is the last part's, and no other's", () => {
  const markers = [{ frame: 100 * RATE, kind: "marker" }];
  const last = markersOf(markers, { isLast: true });
  assert.deepEqual(last.markers, [{ frame: 50 * RATE, kind: "marker" }]);
  assert.deepEqual(markersOf(markers, {}).markers, []);
});

test("what is missing where a part begins is told of both", () => {
  const gap = { kind: "gap", frame: 45 * RATE, frames: 8 * RATE };
  const { markers, gaps } = markersOf([gap], {});
  assert.deepEqual(markers, [{ kind: "gap", frame: 0, frames: 3 * RATE }]);
  assert.equal(gaps, 1);
  const before = markersOf([gap], { place: 0, from: 0 });
  assert.deepEqual([before.markers, before.gaps], [[gap], 1]);

  const cut = { ...gap, frames: 700 * RATE, silent: 6 * RATE };
  assert.deepEqual(markersOf([cut], {}).markers, [
    { kind: "gap", frame: 0, frames: 695 * RATE, silent: RATE },
  ]);
  const over = { ...cut, silent: 5 * RATE };
  assert.deepEqual(markersOf([over], {}).markers, []);
});
