import assert from "node:assert/strict";
import { test } from "node:test";
import { compareClocks } from "../../assets/js/capture/watchdog.js";

const ZERO = { written: 0, context: 0, wall: 0 };

test("clocks that agree are no fault, nor is a block more or less", () => {
  for (const written of [0.9, 1, 1.1]) {
    assert.equal(compareClocks(ZERO, { written, context: 1, wall: 1 }), null);
  }
});

test("a context that stands still is seen", () => {
  const now = { written: 0, context: 0, wall: 1 };
  assert.equal(compareClocks(ZERO, now), "AUDIO_STALLED");
});

test("a machine that slept has lost that time", () => {
  const now = { written: 1, context: 1, wall: 3600 };
  assert.equal(compareClocks(ZERO, now), "AUDIO_STALLED");
});

test("audio that does not reach the spool is seen", () => {
  const now = { written: 0.1, context: 1, wall: 1 };
  assert.equal(compareClocks(ZERO, now), "SPOOL_FAILED");
});

test("a throttled timer is no fault", () => {
  const now = { written: 60, context: 60, wall: 60.1 };
  assert.equal(compareClocks(ZERO, now), null);
});
