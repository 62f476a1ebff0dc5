import assert from "node:assert/strict";
import { test } from "node:test";
import { withLength, withSegment } from "../../assets/js/core/segments.js";
import { frameAt } from "../../assets/js/capture/take-begin.js";
import { otherName } from "../../assets/js/capture/line.js";

/** @param {number} frames @param {number} at */
const segment = (frames, at) => ({ rate: 48_000, channels: 1, frames, at });

test("the last segment ends with the take, the others stay", () => {
  const one = [segment(0, 1)];
  assert.deepEqual(withLength(one, 500), [segment(500, 1)]);
  const more = [segment(300, 1), segment(100, 2), segment(0, 3)];
  const ended = [segment(300, 1), segment(100, 2), segment(600, 3)];
  assert.deepEqual(withLength(more, 1000), ended);
});

test("a further segment begins where the one before it ends", () => {
  const next = { rate: 48_000, channels: 1, at: 9 };
  assert.deepEqual(withSegment([], 0, next), [segment(0, 9)]);
  const two = [segment(300, 1), segment(0, 2)];
  const three = [segment(300, 1), segment(400, 2), segment(0, 9)];
  assert.deepEqual(withSegment(two, 700, next), three);
});

test("a take goes on where it would be, had nothing happened", () => {
  const take = { frames: 48_000, heardAt: 10_000, rate: 48_000 };
  assert.equal(frameAt(take, 12_500), 48_000 + 2.5 * 48_000);
  assert.equal(frameAt(take, 9000), 48_000, "a clock that was set back");
});

test("another microphone has a name, the same one has none", () => {
  const desk = { label: "Desk", deviceId: "a" };
  assert.equal(otherName(desk, { ...desk }), null);
  assert.equal(otherName(desk, { label: "Desk", deviceId: "b" }), null);
  assert.equal(otherName(desk, { label: "USB", deviceId: "b" }), "USB");
});
