import assert from "node:assert/strict";
import { test } from "node:test";
import { carry, FIRST_LANES, interrupt } from "../../assets/js/upload/lanes.js";

const SIZE = 65_536;

/**
 * Sends over a line whose lanes are always busy.
 *
 * @param {(count: number, at: number) => number} rate bytes a millisecond of so
 *   many lanes
 * @param {number} answers
 * @returns {number[]} how many lanes there were at each
 */
function send(rate, answers) {
  let lanes = FIRST_LANES;
  let at = 0;
  return Array.from({ length: answers }, () => {
    at += SIZE / rate(lanes.count, at);
    lanes = carry(lanes, SIZE, at);
    return lanes.count;
  });
}

/** @param {number[]} counts @param {number} count */
const share = (counts, count) =>
  counts.filter((one) => one === count).length / counts.length;

test("where each lane carries more there are three, nearly always", () => {
  const counts = send((count) => 100 * count, 2000);
  assert.ok(share(counts, 3) > 0.8, String(share(counts, 3)));
});

test("where lanes hinder each other there is one, nearly always", () => {
  const counts = send((count) => 600 / count ** 2, 2000);
  assert.ok(share(counts, 1) > 0.7, String(share(counts, 1)));
});

test("where a second lane carries no more there is one", () => {
  const counts = send(() => 50, 2000);
  assert.ok(share(counts, 1) > 0.7, String(share(counts, 1)));
});

test("where only the third lane is too many there are two", () => {
  const counts = send((count) => (count === 2 ? 200 : 100), 2000);
  assert.ok(share(counts, 2) > 0.6, String(share(counts, 2)));
});

test("a line that changes is tried anew", () => {
  const HOUR = 3_600_000;
  const counts = send(
    (count, at) => (at < HOUR ? 100 / count : 100 * count),
    20_000,
  );
  assert.equal(counts.at(-1), 3);
  const before = send((count) => 100 / count, 2000);
  assert.ok(share(before, 1) > 0.6);
});

test("there is always one, and never more than three", () => {
  let seed = 7;
  const chance = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const counts = send(() => 1 + 999 * chance(), 5000);
  assert.deepEqual([...new Set(counts)].sort(), [1, 2, 3]);
});

test("answers that come in bursts are no gain", () => {
  let lanes = FIRST_LANES;
  /** @type {number[]} */
  const seen = [];
  while (seen.length < 1000) {
    // However many are under way, a burst takes as long as their bytes need.
    const { count } = lanes;
    const at = (seen.length + count) * 1000;
    for (let i = 0; i < count; i += 1) {
      seen.push(lanes.count);
      lanes = carry(lanes, SIZE, at + i);
    }
  }
  assert.ok(share(seen, 1) > 0.7, String(share(seen, 1)));
});

test("what was measured before a pause does not count", () => {
  let lanes = carry(FIRST_LANES, SIZE, 0);
  for (let at = 100; at <= 1100; at += 100) {
    lanes = carry(lanes, SIZE, at);
  }
  lanes = carry(interrupt(lanes), SIZE, 1_000_000);
  assert.deepEqual(lanes.rates, [null, null, null]);
  assert.equal(lanes.since, 1_000_000);
});
