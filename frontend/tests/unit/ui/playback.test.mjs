import assert from "node:assert/strict";
import { test } from "node:test";
import {
  leavePosition,
  playbackOf,
  positionIn,
  positionsOf,
} from "../../../assets/js/ui/playback.js";

test("of what was stored only what can be played is heeded", () => {
  const tone = { gain: 0, low: 0, mid: 0, high: 0, isPrinted: false };
  const usual = { rate: 1, volume: 1, isLooped: false, tone };
  assert.deepEqual(playbackOf(undefined), usual);
  const stored = { tone: { gain: 9, low: -20, mid: 21, isPrinted: true } };
  assert.deepEqual(playbackOf(stored).tone, { ...tone, low: -20 });
  assert.deepEqual(playbackOf({ rate: 3, volume: 9, isLooped: 1 }), usual);
  const wished = { rate: 0.25, volume: 2, isLooped: true, tone };
  assert.deepEqual(playbackOf(wished), wished);
  assert.equal(playbackOf({ volume: 0 }).volume, 0);
});

test("a recording goes on where it was left", () => {
  const left = { id: "a", seconds: 80, length: 200 };
  const positions = leavePosition(positionsOf(null), left);
  assert.equal(positionIn(positions, "a"), 80);
  assert.equal(positionIn(positions, "b"), 0);
  const later = leavePosition(positions, { ...left, seconds: 120 });
  assert.deepEqual(later, [{ id: "a", seconds: 120 }]);
});

test("near an end, and if it is short, it begins anew", () => {
  const left = { id: "a", seconds: 80, length: 200 };
  const positions = leavePosition([], left);
  for (const change of [{ seconds: 5 }, { seconds: 195 }, { length: 50 }]) {
    assert.deepEqual(leavePosition(positions, { ...left, ...change }), []);
  }
});

test("the places of the latest two hundred are kept", () => {
  const left = Array.from({ length: 201 }, (_, index) => ({
    id: `${index}`,
    seconds: 80,
    length: 200,
  }));
  const positions = left.reduce(leavePosition, positionsOf([]));
  assert.equal(positions.length, 200);
  assert.equal(positionIn(positions, "200"), 80);
  assert.equal(positionIn(positions, "0"), 0);
});
