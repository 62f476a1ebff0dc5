import assert from "node:assert/strict";
import { test } from "node:test";
import { createResampler } from "../../assets/js/core/resample.js";

const RATES = [8000, 11025, 16000, 22050, 32000, 44100, 48000, 96000, 192000];

/** @param {number} hz @param {number} rate @param {number} frames */
function sine(hz, rate, frames) {
  return Float32Array.from({ length: frames }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / rate),
  );
}

/**
 * @param {ReturnType<typeof createResampler>} resampler
 * @param {Float32Array} input
 * @param {number[]} [sizes]  of the pieces, in turn
 */
function resample(resampler, input, sizes = [input.length]) {
  const made = [];
  for (let at = 0, i = 0; at < input.length; i++) {
    const size = sizes[i % sizes.length];
    made.push(...resampler.push([input.subarray(at, at + size)])[0]);
    at += size;
  }
  made.push(...resampler.flush()[0]);
  return Float32Array.from(made);
}

/** @param {Float32Array} a @param {Float32Array} b */
function ratioDb(a, b) {
  let signal = 0;
  let error = 0;
  for (let i = 0; i < a.length; i++) {
    signal += a[i] ** 2;
    error += (a[i] - b[i]) ** 2;
  }
  return 10 * Math.log10(signal / error);
}

test("n frames give exactly n * to / from, rounded up", () => {
  for (const from of RATES) {
    for (const frames of [1, 100, 4410, 10007]) {
      const resampler = createResampler({ from, to: 48000, channels: 1 });
      const made = resample(resampler, new Float32Array(frames));
      assert.equal(made.length, Math.ceil((frames * 48000) / from));
    }
  }
});

test("A tone keeps its place and its shape at every rate", () => {
  for (const from of RATES) {
    const resampler = createResampler({ from, to: 48000, channels: 1 });
    const made = resample(resampler, sine(997, from, from));
    const middle = made.slice(4800, 43200);
    const ideal = sine(997, 48000, 48000).slice(4800, 43200);
    assert.ok(
      ratioDb(ideal, middle) > 80,
      `${from}: ${ratioDb(ideal, middle)}`,
    );
  }
});

test("What lies above half the lower rate is gone", () => {
  const resampler = createResampler({ from: 96000, to: 48000, channels: 1 });
  const made = resample(resampler, sine(30000, 96000, 96000));
  const loudest = made.slice(4800, -4800).reduce((a, b) => Math.max(a, b), 0);
  assert.ok(loudest < 1e-4, `${loudest}`);
});

test("Equal rates change nothing", () => {
  const input = sine(440, 48000, 5000);
  const resampler = createResampler({ from: 48000, to: 48000, channels: 1 });
  assert.deepEqual(resample(resampler, input, [7, 960]), input);
});

test("The size of the pieces makes no difference", () => {
  const input = sine(440, 44100, 20000);
  const options = { from: 44100, to: 48000, channels: 1 };
  const whole = resample(createResampler(options), input);
  const pieces = resample(createResampler(options), input, [1, 128, 4410, 3]);
  assert.deepEqual(pieces, whole);
});

test("Begun in the middle it gives what an unbroken one gives", () => {
  const input = sine(440, 44100, 44100);
  const options = { from: 44100, to: 48000, channels: 1 };
  const whole = resample(createResampler(options), input);
  for (const start of [0, 1, 50, 960, 24001, 47999]) {
    const resampler = createResampler({ ...options, start });
    const rest = resample(resampler, input.subarray(resampler.firstInput));
    assert.deepEqual(rest, whole.slice(start), `from ${start}`);
  }
});

test("Channels stay apart", () => {
  const resampler = createResampler({ from: 44100, to: 48000, channels: 2 });
  const left = sine(440, 44100, 4410);
  const [a, b] = resampler.push([left, new Float32Array(4410)]);
  assert.ok(a.some((sample) => Math.abs(sample) > 0.5));
  assert.ok(b.every((sample) => sample === 0));
});
