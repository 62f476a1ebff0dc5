import assert from "node:assert/strict";
import { test } from "node:test";
import { createPreRoll } from "../../assets/js/core/pre-roll.js";

/** @param {number} first @param {number} length */
const block = (first, length) => ({
  first,
  channels: [Float32Array.from({ length }, (_, i) => first + i)],
});

/** @param {ReturnType<ReturnType<typeof createPreRoll>["take"]>} blocks */
const samples = (blocks) => blocks.flatMap(({ channels }) => [...channels[0]]);

/** @param {number} from @param {number} to */
const ramp = (from, to) =>
  Array.from({ length: to - from }, (_, i) => from + i);

test("the last frames are kept, to the frame, and numbered from 0", () => {
  const preRoll = createPreRoll();
  preRoll.keep(25);
  for (let first = 0; first < 1000; first += 10) {
    preRoll.push(block(first, 10));
  }
  preRoll.push(block(1000, 3));
  const taken = preRoll.take();
  assert.deepEqual(samples(taken), ramp(978, 1003));
  assert.deepEqual(
    taken.map(({ first }) => first),
    [0, 2, 12, 22],
  );
  assert.deepEqual(preRoll.take(), []);
});

test("what there is is all of it when it is less", () => {
  const preRoll = createPreRoll();
  preRoll.keep(100);
  preRoll.push(block(40, 10));
  preRoll.push(block(50, 5));
  const taken = preRoll.take();
  assert.deepEqual(samples(taken), ramp(40, 55));
  assert.equal(taken[0].first, 0);
});

test("frames that were left out stay left out", () => {
  const preRoll = createPreRoll();
  preRoll.keep(20);
  preRoll.push(block(0, 10));
  preRoll.push(block(15, 10));
  const taken = preRoll.take();
  assert.deepEqual(samples(taken), [...ramp(5, 10), ...ramp(15, 25)]);
  assert.deepEqual(
    taken.map(({ first }) => first),
    [0, 10],
  );
});

test("nothing is kept unless it is wanted", () => {
  const preRoll = createPreRoll();
  preRoll.push(block(0, 10));
  assert.deepEqual(preRoll.take(), []);
  preRoll.keep(10);
  preRoll.push(block(10, 10));
  preRoll.keep(0);
  assert.equal(preRoll.isWanted, false);
  assert.deepEqual(preRoll.take(), []);
});
