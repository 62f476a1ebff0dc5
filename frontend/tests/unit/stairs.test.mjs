import assert from "node:assert/strict";
import test from "node:test";
import {
  LOOK_RATE,
  findDifferences,
  findGaps,
  heardSeconds,
} from "../e2e/support/stairs.js";
import { STAIRS, stairTone } from "../e2e/support/wav.js";

/** @param {number} seconds @returns {Float32Array} a staircase */
function staircase(seconds) {
  let phase = 0;
  return new Float32Array(seconds * LOOK_RATE).map((_, i) => {
    const stair = Math.floor((i * 10) / LOOK_RATE) % STAIRS;
    phase += (2 * Math.PI * stairTone(stair)) / LOOK_RATE;
    return 0.4 * Math.sin(phase);
  });
}

/**
 * @param {Float32Array} pcm
 * @param {number} from seconds
 * @param {number} to seconds
 * @returns {Float32Array} without what lies between
 */
function cut(pcm, from, to) {
  const keeps = (/** @type {number} */ i) =>
    i < from * LOOK_RATE || i >= to * LOOK_RATE;
  return pcm.filter((_, i) => keeps(i));
}

test("a whole staircase has no gap, however often it repeats", () => {
  assert.deepEqual(findGaps(staircase(12)), []);
});

test("a piece that is missing is found, with its place and length", () => {
  for (const [from, to] of [
    [4.23, 4.33],
    [2.05, 3.3],
    [7.51, 7.57],
  ]) {
    const gaps = findGaps(cut(staircase(10), from, to));
    assert.equal(gaps.length, 1, `${from} to ${to}`);
    assert.ok(Math.abs(gaps[0].at - from) < 0.12);
    assert.ok(Math.abs(gaps[0].jumpSeconds - (to - from)) < 0.04);
  }
});

test("two gaps are told apart", () => {
  const pcm = cut(cut(staircase(10), 6.1, 6.4), 2.5, 2.9);
  assert.equal(findGaps(pcm).length, 2);
});

/** @returns {Float32Array} ten seconds, the fourth of them silent */
function silentForASecond() {
  return staircase(10).map((value, i) =>
    i > 3 * LOOK_RATE && i < 4 * LOOK_RATE ? 0 : value,
  );
}

test("silence put in the place of audio is no gap in time", () => {
  assert.deepEqual(findGaps(silentForASecond()), []);
});

test("silence is not heard", () => {
  assert.ok(Math.abs(heardSeconds(staircase(10)) - 10) <= 0.05);
  assert.ok(Math.abs(heardSeconds(silentForASecond()) - 9) <= 0.05);
});

test("what sounds alike does not differ, even where both lack audio", () => {
  const quieter = staircase(10).map((value) => value / 2);
  assert.deepEqual(findDifferences(staircase(10), quieter), []);
  for (const to of [2.508, 2.53, 2.57, 2.9]) {
    const pcm = cut(staircase(10), 2.5, to);
    assert.deepEqual(findDifferences(pcm, pcm.slice(40)), [], `to ${to}`);
  }
});

test("what only one of two lacks, or has in another order, is found", () => {
  const whole = staircase(10);
  for (const [from, to] of [
    [4.23, 4.33],
    [7.51, 7.57],
    [9.8, 10],
  ]) {
    const pcm = cut(whole, from, to);
    const [first] = findDifferences(pcm, whole).sort((a, b) => a - b);
    assert.ok(first > from - 0.1 && first < from + 0.2, `${first}`);
    assert.notDeepEqual(findDifferences(whole, pcm), []);
  }
  assert.notDeepEqual(findDifferences(whole, silentForASecond()), []);
  const swapped = whole.slice();
  swapped.set(whole.subarray(8000, 9600), 16_000);
  assert.notDeepEqual(findDifferences(whole, swapped), []);
});
