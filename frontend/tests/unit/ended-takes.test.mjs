import assert from "node:assert/strict";
import { test } from "node:test";
import { createEndedTakes } from "../../assets/js/spool/ended-takes.js";

/** Locks that a test gives to who waits for them. */
function setUp() {
  /** @type {[string, () => void][]} */
  const waiting = [];
  const request = (
    /** @type {string} */ name,
    /** @type {{signal: AbortSignal}} */ { signal },
    /** @type {() => void} */ onHeld,
  ) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      waiting.push([name, () => resolve(onHeld())]);
    });
  const end = new AbortController();
  const ended = { times: 0 };
  const takes = createEndedTakes({
    locks: /** @type {any} */ ({ request }),
    onEnded: () => void ended.times++,
    signal: end.signal,
  });
  return { takes, waiting, ended, end };
}

const RUNNING = { id: "a", state: "recording" };

test("the end of a running take is waited for, once", async () => {
  const { takes, waiting, ended } = setUp();
  takes.watch([RUNNING, { id: "b", state: "finished" }]);
  takes.watch([RUNNING]);
  assert.deepEqual(
    waiting.map(([name]) => name),
    ["take:a"],
  );
  assert.equal(ended.times, 0);
  waiting[0][1]();
  assert.equal(ended.times, 0, "while this page has its lock");
  await new Promise(setImmediate);
  assert.equal(ended.times, 1);
  takes.watch([RUNNING]);
  assert.equal(waiting.length, 2, "it goes on, and ends once more");
});

test("nothing is waited for when the page ends", async () => {
  const { takes, waiting, ended, end } = setUp();
  takes.watch([RUNNING]);
  end.abort();
  await new Promise(setImmediate);
  assert.equal(waiting.length, 1);
  assert.equal(ended.times, 0);
});
