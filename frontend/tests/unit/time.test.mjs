import assert from "node:assert/strict";
import { test } from "node:test";
import {
  framesToMs,
  lengthText,
  timerText,
} from "../../assets/js/core/time.js";

test("Lengths are short where they can be and never rounded up", () => {
  assert.equal(lengthText(0), "0:00");
  assert.equal(lengthText(7.99), "0:07");
  assert.equal(lengthText(751), "12:31");
  assert.equal(lengthText(5282), "1:28:02");
});

test("The timer always has the same form", () => {
  assert.equal(timerText(0, 44100), "00:00:00.0");
  assert.equal(timerText(191_896_740, 44100), "01:12:31.4");
  assert.equal(timerText(4409, 44100), "00:00:00.0");
});

test("Frames become milliseconds", () => {
  assert.equal(framesToMs(44100, 44100), 1000);
  assert.equal(framesToMs(1, 48000), 0);
});
