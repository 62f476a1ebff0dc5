import assert from "node:assert/strict";
import { test } from "node:test";
import {
  compareClocks,
  startWatchdog,
} from "../../assets/js/capture/watchdog.js";

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
  assert.equal(compareClocks(ZERO, now), "SPOOL_LATE");
});

test("a throttled timer is no fault", () => {
  const now = { written: 60, context: 60, wall: 60.1 };
  assert.equal(compareClocks(ZERO, now), null);
});

/**
 * Faults that a watchdog tells of readings a second apart.
 *
 * @param {import("node:test").TestContext} t
 * @param {(import("../../assets/js/capture/watchdog.js").Reading | null)[]} readings
 */
function watch(t, readings) {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const ending = new AbortController();
  /** @type {string[]} */
  const faults = [];
  const left = [...readings];
  startWatchdog({
    read: () => left.shift() ?? null,
    onFault: (code) => faults.push(code),
    onWell: () => undefined,
    signal: ending.signal,
  });
  t.mock.timers.tick(1000 * (readings.length - 1));
  ending.abort();
  t.mock.timers.tick(5000);
  return faults;
}

/** @param {number} written @param {number} wall */
const at = (written, wall) => ({ written, context: wall, wall });

test("news that were only late are no fault", (t) => {
  assert.deepEqual(watch(t, [at(0, 0), at(0, 6), at(7, 7), at(8, 8)]), []);
});

test("a spool that stays behind is told once for each loss", (t) => {
  const readings = [at(0, 0), at(0, 1), at(1, 2), at(2, 3), at(3, 4)];
  assert.deepEqual(watch(t, readings), ["SPOOL_LATE"]);
});

test("a pause is no fault", (t) => {
  const readings = [at(0, 0), at(1, 1), null, null, at(1, 60), at(2, 61)];
  assert.deepEqual(watch(t, readings), []);
});

test("an audio system that was built anew is compared with itself", () => {
  const before = { written: 9, context: 9, wall: 9 };
  const now = { written: 9, context: 0.5, wall: 12 };
  assert.equal(compareClocks(before, now), null);
});
