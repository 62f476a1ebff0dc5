import assert from "node:assert/strict";
import { test } from "node:test";
import { framesToMs } from "../../assets/js/core/time.js";

test("frames become the nearest millisecond", () => {
  assert.equal(framesToMs(44100, 44100), 1000);
  assert.equal(framesToMs(1, 48000), 0);
  assert.equal(framesToMs(25, 48000), 1);
  assert.equal(framesToMs(4 * 3600 * 192000, 192000), 4 * 3600 * 1000);
});
