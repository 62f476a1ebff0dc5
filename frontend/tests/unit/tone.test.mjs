import assert from "node:assert/strict";
import { test } from "node:test";
import {
  FLAT,
  factorOf,
  isFlat,
  isPrintedAlike,
  toneOf,
} from "../../assets/js/core/tone.js";

test("a tone that was stored comes back", () => {
  const tone = { gain: -3.5, low: 20, mid: 0, high: -20, isPrinted: true };
  assert.deepEqual(toneOf(structuredClone(tone)), tone);
});

test("what is no tone, or beyond its bounds, is flat", () => {
  for (const stored of [undefined, null, 7, "x", { gain: "6", mid: 21 }]) {
    assert.deepEqual(toneOf(stored), FLAT);
  }
  assert.equal(toneOf({ gain: NaN, low: 3 }).gain, 0);
});

test("printing nothing is flat, too", () => {
  assert.ok(isFlat({ ...FLAT, isPrinted: true }));
  assert.ok(!isFlat({ ...FLAT, high: -0.5 }));
});

test("six decibels are twice the sound", () => {
  assert.ok(Math.abs(factorOf(6.02) - 2) < 0.001);
  assert.equal(factorOf(0), 1);
});

test("only numbers that are printed make takes differ", () => {
  const beside = { ...FLAT, low: 3 };
  const printed = { ...beside, isPrinted: true };
  assert.ok(isPrintedAlike(undefined, beside));
  assert.ok(isPrintedAlike({ ...FLAT, isPrinted: true }, undefined));
  assert.ok(isPrintedAlike(printed, { ...printed }));
  assert.ok(!isPrintedAlike(printed, beside));
  assert.ok(!isPrintedAlike(printed, { ...printed, gain: 1 }));
});
