import assert from "node:assert/strict";
import { test } from "node:test";
import { THUMBNAIL_POINTS, createPeaks } from "../../assets/js/core/peaks.js";

/** @param {number} length @param {number} value */
const level = (length, value) => new Float32Array(length).fill(value);

test("Twenty points a second, whatever the size of the pieces", () => {
  for (const rate of [8000, 11025, 44100, 48000]) {
    const peaks = createPeaks(rate);
    let points = 0;
    for (let at = 0; at < 3 * rate; at += 128) {
      const { from, min } = peaks.push([
        level(Math.min(128, 3 * rate - at), 0),
      ]);
      assert.equal(from, points);
      points += min.length;
    }
    assert.equal(points, 60, `${rate}`);
  }
});

test("A point holds the least and the greatest sample of its 50 ms", () => {
  const peaks = createPeaks(48000);
  const samples = level(4800, 0.25);
  samples[100] = -0.5;
  samples[2400] = 1;
  const { min, max } = peaks.push([samples]);
  assert.deepEqual([...min], [-63, 32]);
  assert.deepEqual([...max], [32, 127]);
});

test("The louder channel counts", () => {
  const { max } = createPeaks(48000).push([level(2400, 0.1), level(2400, 0.9)]);
  assert.deepEqual([...max], [114]);
});

test("Samples beyond full scale stay within a byte", () => {
  const { min, max } = createPeaks(48000).push([level(2400, -3)]);
  assert.deepEqual([min[0], max[0]], [-127, -127]);
});

test("The thumbnail of any length is 1000 pairs in order", () => {
  for (const seconds of [0, 0.01, 0.3, 10, 61]) {
    const peaks = createPeaks(8000);
    const frames = Math.round(seconds * 8000);
    peaks.push([Float32Array.from({ length: frames }, (_, i) => i / frames)]);
    const pairs = new Int8Array(peaks.thumbnail().buffer);
    assert.equal(pairs.length, 2 * THUMBNAIL_POINTS);
    const tops = pairs.filter((_, i) => i % 2 === 1);
    assert.deepEqual(tops, tops.slice().sort());
    assert.equal(Number(tops.at(-1)) > 80, seconds > 0);
  }
});

test("A single click in a long take is seen in the thumbnail", () => {
  const peaks = createPeaks(8000);
  const samples = level(8000 * 120, 0);
  samples[8000 * 60] = 0.8;
  peaks.push([samples]);
  const pairs = new Int8Array(peaks.thumbnail().buffer);
  assert.equal(pairs.filter((value) => value !== 0).length, 1);
  assert.equal(pairs[1001], 102);
});
