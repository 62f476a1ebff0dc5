import assert from "node:assert/strict";
import { test } from "node:test";
import { secondsOfRoom, secondsTaken } from "../../assets/js/core/room.js";

const MONO = { rate: 48_000, channels: 1 };

test("room is told in seconds of PCM and of the audio file", () => {
  const usage = 1000;
  const quota = usage + 10 * (48_000 * 3 + 20_000) + 1;
  assert.equal(secondsOfRoom({ quota, usage }, MONO), 10);
  const stereo = secondsOfRoom({ quota, usage }, { ...MONO, channels: 2 });
  assert.equal(stereo, 5);
  const lossless = { ...MONO, format: /** @type {const} */ ("wav") };
  assert.equal(secondsOfRoom({ quota, usage }, lossless), 5);
});

test("a browser that has given more than it has says there is none", () => {
  assert.equal(secondsOfRoom({ quota: 5, usage: 9 }, MONO), 0);
});

test("a browser that does not say how much there is is not believed", () => {
  assert.equal(secondsOfRoom({}, MONO), null);
  assert.equal(secondsOfRoom({ quota: 5 }, MONO), null);
});

test("what the server takes is told in seconds of the audio file", () => {
  assert.equal(secondsTaken(0, MONO), null);
  assert.equal(secondsTaken(10 * 20_000 + 1, MONO), 10);
  const stereo = { ...MONO, channels: 2 };
  assert.equal(secondsTaken(10 * 20_000 + 1, stereo), 10);
  const lossless = { ...stereo, format: /** @type {const} */ ("wav") };
  assert.equal(secondsTaken(10 * 2 * 48_000 * 3 + 1, lossless), 10);
});
