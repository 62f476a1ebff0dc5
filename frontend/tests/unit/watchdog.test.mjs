import assert from "node:assert/strict";
import { test } from "node:test";
import { compareClocks } from "../../assets/js/capture/clocks.js";
import { startWatchdog } from "../../assets/js/capture/watchdog.js";

const ZERO = { written: 0, context: 0, wall: 0, steady: 0 };

/** @param {number} written @param {number} context @param {number} wall */
const reading = (written, context, wall, steady = wall) => ({
  ...{ written, context, wall, steady },
});

test("clocks that agree are no fault, nor is a block more or less", () => {
  for (const written of [0.9, 1, 1.1]) {
    assert.equal(compareClocks(ZERO, reading(written, 1, 1)), null);
  }
});

test("a context that stands still is seen", () => {
  const now = reading(0, 0, 1);
  assert.equal(compareClocks(ZERO, now), "AUDIO_STALLED");
});

test("a machine that slept has lost that time", () => {
  for (const steady of [1, 3600]) {
    const now = reading(1, 1, 3600, steady);
    assert.equal(compareClocks(ZERO, now), "AUDIO_STALLED");
  }
});

test("a clock that is set a little, or back, is no fault and hides none", () => {
  for (const wall of [-3600, 0, 4.9]) {
    assert.equal(compareClocks(ZERO, reading(1, 1, wall, 1)), null);
    const still = reading(0, 0, wall, 1);
    assert.equal(compareClocks(ZERO, still), "AUDIO_STALLED");
  }
});

test("audio that does not reach the spool is seen", () => {
  const now = reading(0.1, 1, 1);
  assert.equal(compareClocks(ZERO, now), "SPOOL_LATE");
});

test("a throttled timer is no fault", () => {
  const now = reading(60, 60, 60.1);
  assert.equal(compareClocks(ZERO, now), null);
});

/**
 * What a watchdog tells of readings, one at each look.
 *
 * @param {import("node:test").TestContext} t
 * @param {(import("../../assets/js/capture/clocks.js").Reading | null)[]} readings
 */
function watch(t, readings) {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const ending = new AbortController();
  /** @type {string[]} */
  const faults = [];
  /** @type {number[]} */
  const lost = [];
  const left = [...readings];
  startWatchdog({
    read: () => left.shift() ?? null,
    onFault: (code) => faults.push(code),
    onMoving: (seconds) => lost.push(seconds),
    onWell: () => undefined,
    signal: ending.signal,
  });
  t.mock.timers.tick(500 * (readings.length - 1));
  ending.abort();
  t.mock.timers.tick(5000);
  return { faults, lost };
}

/** @param {number} written @param {number} wall */
const at = (written, wall) => reading(written, wall, wall);

test("news that were only late are no fault", (t) => {
  const { faults } = watch(t, [at(0, 0), at(0, 6), at(7, 7), at(8, 8)]);
  assert.deepEqual(faults, []);
});

test("a spool that stays behind is told once for each loss", (t) => {
  const readings = [at(0, 0), at(0, 1), at(1, 2), at(2, 3), at(3, 4)];
  assert.deepEqual(watch(t, readings).faults, ["SPOOL_LATE"]);
});

test("a pause is no fault", (t) => {
  const readings = [at(0, 0), at(1, 1), null, null, at(1, 60), at(2, 61)];
  assert.deepEqual(watch(t, readings), { faults: [], lost: [] });
});

test("an audio system that was built anew is compared with itself", () => {
  const before = reading(9, 9, 9);
  assert.equal(compareClocks(before, reading(9, 0.5, 12)), null);
  const [audio, other] = [{}, {}];
  const now = { ...reading(9, 9.5, 12), audio: other };
  assert.equal(compareClocks({ ...before, audio }, now), null);
});

test("what a machine that slept has lost is told once it is awake", (t) => {
  const readings = [
    ...[reading(0, 0, 0), reading(1, 1, 1)],
    ...[reading(1.5, 1.5, 62), reading(2, 2, 63), reading(3, 3, 64)],
    ...[reading(64, 4, 65), reading(65, 5, 66)],
  ];
  const { faults, lost } = watch(t, readings);
  assert.deepEqual(faults, ["AUDIO_STALLED"]);
  assert.deepEqual(lost, [61]);
});

test("nothing is lost by a context that was only told of late", (t) => {
  const readings = [reading(0, 0, 0), reading(1, 0, 1), reading(2, 0, 2)];
  const { faults, lost } = watch(t, [...readings, reading(3, 3, 3)]);
  assert.deepEqual({ faults, lost }, { faults: ["AUDIO_STALLED"], lost: [] });
});

test("what another audio system makes good is lost to none", (t) => {
  const before = [reading(1, 1, 1), reading(1, 1, 2), reading(1, 1, 3)];
  const after = { ...reading(4, 2, 4), audio: {} };
  const next = { ...after, ...reading(5, 3, 5) };
  assert.deepEqual(watch(t, [...before, after, next]).lost, []);
});

test("a context that stops is told within two seconds, whenever it does", (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  for (let stop = 3; stop < 4; stop += 0.05) {
    const ending = new AbortController();
    let wall = 0;
    let told = Infinity;
    startWatchdog({
      read: () => reading(wall, Math.min(wall, stop), wall),
      onFault: () => (told = Math.min(told, wall)),
      onMoving: () => undefined,
      onWell: () => assert.ok(wall <= stop + 1, `well at ${wall}`),
      signal: ending.signal,
    });
    for (; wall < 10; wall += 0.5) {
      t.mock.timers.tick(500);
    }
    ending.abort();
    assert.ok(told - stop < 2, `stopped at ${stop}, told at ${told}`);
  }
});
