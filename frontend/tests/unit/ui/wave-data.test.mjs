import assert from "node:assert/strict";
import { test } from "node:test";
import { swingsOf } from "../../../assets/js/ui/thumbnail.js";
import {
  createWaveData,
  spanFor,
  ticksFor,
} from "../../../assets/js/ui/wave-data.js";

test("the picture spans the whole take, doubling when it is full", () => {
  assert.equal(spanFor(0), 30);
  assert.equal(spanFor(30), 30);
  assert.equal(spanFor(30.1), 60);
  assert.equal(spanFor(4 * 3600), 30 * 512);
});

test("the ruler begins at zero, ends within the span, and has room", () => {
  for (const span of [30, 60, 480, 15360]) {
    const ticks = ticksFor(span, 6);
    assert.equal(ticks[0], 0);
    assert.ok((ticks.at(-1) ?? Infinity) <= span);
    assert.ok(ticks.length <= 7, `${span}: ${ticks}`);
  }
});

test("peaks of four hours are kept, in the order of time", () => {
  const data = createWaveData();
  const points = 4 * 3600 * 20;
  for (let from = 0; from < points; from += 20) {
    data.put(from, new Int8Array(20).fill(-1), new Int8Array(20).fill(1));
  }
  data.put(points - 1, [-127], [3]);
  assert.equal(data.length, points);
  assert.equal(data.swing(0, points - 1), 1 / 127);
  assert.equal(data.swing(points - 1, points), 1);
});

test("peaks that never came are silence", () => {
  const data = createWaveData();
  data.put(0, [-100], [100]);
  data.clear();
  data.put(5, [-1], [1]);
  assert.equal(data.length, 6);
  assert.equal(data.swing(0, 5), 0);
});

test("a thumbnail shows the largest swing of each part", () => {
  const peaks = new Uint8Array(
    Int8Array.from([0, 0, -127, 10, 0, 0, 0, 64]).buffer,
  );
  assert.deepEqual(swingsOf(peaks, 2), [1, 64 / 127]);
  assert.deepEqual(swingsOf(null, 3), [0, 0, 0]);
});
