import assert from "node:assert/strict";
import { test } from "node:test";
import {
  LEAST_DB,
  bandsOf,
  strongestHz,
} from "../../assets/js/core/spectrum.js";

const RATE = 48_000;
const BINS = 2048;

/** @param {Record<number, number>} tones  dB by Hz */
function spectrumOf(tones) {
  const bins = new Float32Array(BINS).fill(-Infinity);
  for (const [hz, decibels] of Object.entries(tones)) {
    bins[Math.round((Number(hz) * 2 * BINS) / RATE)] = decibels;
  }
  return { bins, rate: RATE };
}

test("a tone stands in one band, the higher the further", () => {
  const places = [100, 440, 1000, 5000].map((hz) => {
    const bands = bandsOf(spectrumOf({ [hz]: -30 }), 24);
    assert.equal(bands.filter((band) => band > 0).length, 1, `${hz} Hz`);
    return bands.findIndex((band) => band > 0);
  });
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
  assert.equal(new Set(places).size, 4);
});

test("octaves are equally far from each other", () => {
  const place = (/** @type {number} */ hz) =>
    bandsOf(spectrumOf({ [hz]: 0 }), 240).indexOf(1);
  const octave = place(2000) - place(1000);
  assert.ok(Math.abs(place(8000) - place(4000) - octave) <= 1);
});

test("bands reach from silence to full scale", () => {
  assert.deepEqual(bandsOf(spectrumOf({}), 8), Array(8).fill(0));
  const [most] = bandsOf(spectrumOf({ 440: LEAST_DB / 2 }), 1);
  assert.equal(most, 0.5);
  assert.equal(bandsOf(spectrumOf({ 440: 12 }), 1)[0], 1);
});

test("few bins make no hole in the low bands", () => {
  const bins = new Float32Array(64).fill(-20);
  assert.ok(bandsOf({ bins, rate: RATE }, 32).every((band) => band > 0));
});

test("the strongest frequency is told, in silence none", () => {
  const hz = strongestHz(spectrumOf({ 300: -40, 1000: -20, 20_000: 0 }));
  assert.ok(Math.abs(Number(hz) - 1000) < RATE / 2 / BINS);
  assert.equal(strongestHz(spectrumOf({})), null);
});
