import assert from "node:assert/strict";
import test from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { createListReading } from "../../assets/js/library/list-reading.js";

/**
 * @param {import("node:test").TestContext} t
 * @param {{askedMs?: number, isPassing?: boolean}} [options]
 */
function makeReading(t, { askedMs = 0, isPassing = true } = {}) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const page = new AbortController();
  /** @type {string[]} */
  const log = [];
  const reading = createListReading({
    server: { isPassing: () => isPassing, retryAfterMs: () => askedMs },
    readAgain: () => void log.push("read"),
    onFault: (code) => void log.push(code),
    signal: page.signal,
  });
  const fail = (code = "STORE_BUSY") => reading.failed(new StudioError(code));
  const wait = (/** @type {number} */ ms) => t.mock.timers.tick(ms);
  return { page, log, reading, fail, wait };
}

test("a server that is busy is asked again, later each time", (t) => {
  const { log, reading, fail, wait } = makeReading(t);
  fail();
  assert.deepEqual(reading.state, { state: "away", code: "STORE_BUSY" });
  wait(4999);
  assert.deepEqual(log, []);
  wait(1);
  assert.deepEqual(log, ["read"]);
  fail();
  wait(9999);
  assert.deepEqual(log, ["read"]);
  wait(1);
  assert.deepEqual(log, ["read", "read"]);
  reading.done();
  assert.deepEqual(reading.state, { state: "read", code: null });
  fail();
  wait(5000);
  assert.equal(log.length, 3);
});

test("it is not asked before the time that it asked for", (t) => {
  const { log, fail, wait } = makeReading(t, { askedMs: 30_000 });
  fail();
  wait(29_999);
  assert.deepEqual(log, []);
  wait(1);
  assert.deepEqual(log, ["read"]);
});

test("it is asked once, and not when it was read meanwhile", (t) => {
  const { page, log, reading, fail, wait } = makeReading(t);
  fail();
  fail();
  wait(60_000);
  assert.deepEqual(log, ["read"]);
  fail();
  reading.done();
  wait(60_000);
  fail();
  page.abort();
  wait(60_000);
  fail();
  wait(60_000);
  assert.deepEqual(log, ["read"]);
});

test("one that others see come back is left to them", (t) => {
  for (const code of ["NETWORK", "UNAUTHORIZED"]) {
    const { log, fail, wait } = makeReading(t);
    fail(code);
    wait(60_000);
    assert.deepEqual(log, []);
    t.mock.timers.reset();
  }
});

test("what does not pass is told, and not tried again", (t) => {
  const { log, reading, fail, wait } = makeReading(t, { isPassing: false });
  fail("STORAGE_ERROR");
  wait(60_000);
  assert.deepEqual(log, ["STORAGE_ERROR"]);
  assert.deepEqual(reading.state, { state: "failed", code: "STORAGE_ERROR" });
});
