import assert from "node:assert/strict";
import { test } from "node:test";
import { KEPT, attendTake } from "../../assets/js/capture/take-watch.js";

/**
 * A take whose audio system runs and whose spool has what it is given.
 *
 * @param {import("node:test").TestContext} t
 */
function attend(t) {
  t.mock.timers.enable({ apis: ["setInterval"] });
  /** @type {any} */
  const scope = globalThis;
  const page = { visibilityState: "hidden" };
  scope.document = Object.assign(new EventTarget(), page);
  let seconds = 0;
  let slept = 0;
  /** @type {number[]} */
  const lost = [];
  let stalls = 0;
  const input = {
    get seconds() {
      return seconds;
    },
    isSounding: true,
    capture: { lose: (/** @type {number} */ frames) => lost.push(frames) },
  };
  const take = /** @type {any} */ ({ id: "a", rate: 48_000, frames: 0 });
  /** @type {string[]} */
  const told = [];
  const events = new EventTarget();
  const ending = attendTake(take, {
    input,
    clock: {
      now: () => (seconds + slept) * 1000,
      steady: () => seconds * 1000,
    },
    events,
    isRunning: () => true,
    onNews: (name, /** @type {any} */ { code }) =>
      code && told.push(`${name}: ${code}`),
    onFault: (code) => told.push(code),
    onStalled: () => stalls++,
  });
  t.after(() => {
    ending.end();
    delete scope.document;
  });
  return {
    ...{ told, ending, input, lost },
    stalls: () => stalls,
    /** @param {number} count  of seconds of which nothing here knows */
    sleep(count) {
      slept += count;
    },
    /** @param {number} count  of seconds, in each of which the spool writes `written` */
    pass(count, written = 0) {
      for (const end = seconds + count; seconds < end; seconds += 0.5) {
        const frames = take.frames + written * 24_000;
        const detail = { id: "a", frames };
        events.dispatchEvent(new CustomEvent("progress", { detail }));
        t.mock.timers.tick(500);
      }
    },
    /** @param {string} code  that the spool itself tells */
    fail(code) {
      const detail = { id: "a", code };
      events.dispatchEvent(new CustomEvent("fault", { detail }));
    },
  };
}

test("a spool that has yet to begin is late, however long, until it has", (t) => {
  const { told, pass } = attend(t);
  pass(30);
  assert.deepEqual(told, ["SPOOL_LATE"]);
  pass(1, 31);
  assert.deepEqual(told, ["SPOOL_LATE", "back: SPOOL_LATE"]);
});

test("a slow spool is late until it has caught up, and has not failed", (t) => {
  const { told, pass } = attend(t);
  pass(5, 1);
  pass(40, 0.4);
  pass(5, 2);
  assert.deepEqual(told, ["SPOOL_LATE"]);
  pass(15, 3);
  assert.deepEqual(told, ["SPOOL_LATE", "back: SPOOL_LATE"]);
});

test("a spool that no longer gets on has failed, until it lives", (t) => {
  const { told, pass } = attend(t);
  pass(5, 1);
  pass(20);
  assert.deepEqual(told, ["SPOOL_LATE", "SPOOL_FAILED"]);
  pass(4, 2);
  assert.equal(told.length, 2, "it is still behind");
  pass(4, 10);
  const back = ["back: SPOOL_LATE", "back: SPOOL_FAILED"];
  assert.deepEqual(told.slice(2), back);
  pass(20);
  assert.deepEqual(told.slice(4), ["SPOOL_LATE", "SPOOL_FAILED"]);
});

test("what fails is told once, not as late, and over when it goes on", (t) => {
  const { told, pass, fail } = attend(t);
  pass(2, 1);
  fail("SPOOL_FAILED");
  fail("SPOOL_FAILED");
  pass(4);
  fail("STORAGE_LOW");
  assert.deepEqual(told, ["SPOOL_FAILED", "STORAGE_LOW"]);
  pass(2, 5);
  assert.deepEqual(told.slice(2), ["back: SPOOL_FAILED"]);
});

test("a take that ends as a recording is behind no more", (t) => {
  const { told, pass, ending } = attend(t);
  pass(5, 1);
  pass(4);
  ending.end(KEPT);
  assert.deepEqual(told, ["SPOOL_LATE", "back: SPOOL_LATE"]);
});

test("a take that is broken off is not said to be safe", (t) => {
  const { told, pass, ending } = attend(t);
  pass(5, 1);
  pass(4);
  ending.end();
  assert.deepEqual(told, ["SPOOL_LATE"]);
});

test("a machine that slept is told once, made good, and over", (t) => {
  const { told, lost, pass, sleep, stalls } = attend(t);
  pass(3, 1);
  sleep(60);
  pass(3, 1);
  assert.deepEqual(told, ["AUDIO_STALLED", "back: AUDIO_STALLED"]);
  assert.deepEqual(lost, [60 * 48_000]);
  assert.equal(stalls(), 1);
});

test("an audio system that has stopped is told once, and tried at each time", (t) => {
  const { told, pass, ending, input, stalls } = attend(t);
  input.isSounding = false;
  ending.tell("AUDIO_STALLED");
  ending.tell("AUDIO_STALLED");
  pass(3, 1);
  assert.deepEqual(told, ["AUDIO_STALLED"], "not over while it says so");
  assert.equal(stalls(), 2);
  input.isSounding = true;
  pass(1, 1);
  assert.deepEqual(told.slice(1), ["back: AUDIO_STALLED"]);
});
