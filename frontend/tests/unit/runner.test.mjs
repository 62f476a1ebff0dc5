import assert from "node:assert/strict";
import { test } from "node:test";
import { Runner } from "../../assets/js/upload/runner.js";
import { installLocks } from "./support/locks.mjs";

/** Resolves when everything that could happen by now has happened. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * A runner whose recording can be held back while its upload is looked up.
 *
 * @param {import("node:test").TestContext} t
 */
function setUp(t) {
  installLocks(t);
  /** @type {(() => void)[]} */
  const lookups = [];
  let begun = 0;
  /** @type {string[]} */
  const notes = [];
  /** @type {string[]} */
  const forgotten = [];
  const wish = { wanted: "server" };
  const store = {
    forget: async (/** @type {string} */ id) => void forgotten.push(id),
    /** @param {string} id @param {string} state */
    note: async (id, state) => {
      notes.push(`${id} ${state}`);
      return { ackBytes: 1, totalBytes: 2 };
    },
    unsent: async () => [],
    find: () =>
      new Promise((resolve) =>
        lookups.push(() => resolve({ id: "a", uploaded: null, ...wish })),
      ),
    begin: async () => {
      begun++;
      return { id: "a", state: "failed", error: "SERVER_ERROR" };
    },
  };
  const link = {
    drop: () => (link.isRunning = false),
    isRunning: false,
    take: () => (link.isRunning ? { source: { isFinished: true } } : null),
  };
  /** @type {unknown[]} */
  const faults = [];
  /** @type {any[]} */
  const reports = [];
  const report = (/** @type {any} */ progress) => reports.push(progress);
  const surroundings = /** @type {any} */ ({ store, link, report });
  const runner = new Runner(surroundings, (error) => faults.push(error));
  const answer = async () => {
    await settled();
    lookups.shift()?.();
    await settled();
  };
  return {
    runner,
    answer,
    lookups,
    faults,
    link,
    notes,
    reports,
    forgotten,
    wish,
    begun: () => begun,
  };
}

test("a press while a run that rests is ending is heeded after it", async (t) => {
  const { runner, answer, lookups, begun } = setUp(t);
  runner.start("a");
  await settled();
  runner.start("a");
  await answer();
  assert.equal(begun(), 1);
  assert.equal(lookups.length, 1, "a second run has begun");
  await answer();
  assert.equal(begun(), 2);
  assert.equal(lookups.length, 0, "and no third");
});

test("a run that was given up does not begin again", async (t) => {
  const { runner, answer, lookups } = setUp(t);
  runner.start("a");
  await settled();
  runner.start("a");
  const stopped = runner.stop("a");
  await answer();
  await stopped;
  assert.equal(lookups.length, 0);
});

test("an upload that waits for its turn can be paused, and asked for", async (t) => {
  const { runner, answer, notes, reports } = setUp(t);
  runner.start("a");
  await settled();
  const paused = runner.pause("a");
  await answer();
  await answer();
  await paused;
  assert.deepEqual(notes, ["a paused"]);
  await runner.pause("a");
  assert.equal(notes.length, 1, "what does not run cannot be paused");
  runner.start("a", true);
  await settled();
  assert.deepEqual(notes, ["a paused", "a queued"]);
  assert.deepEqual(
    reports.map(({ id, state, ackBytes }) => [id, state, ackBytes]),
    [
      ["a", "paused", 1],
      ["a", "queued", 1],
    ],
  );
});

test("who comes back from signing in wakes the take that waits for it", async (t) => {
  const { runner, answer, begun, link } = setUp(t);
  runner.follow("a");
  link.isRunning = true;
  runner.start("a");
  await answer();
  assert.equal(begun(), 1);
  await runner.wake();
  await answer();
  assert.equal(begun(), 2);
});

test("what is given up before its turn is forgotten, and can be wished for again", async (t) => {
  const { runner, answer, forgotten, begun } = setUp(t);
  runner.start("a", true);
  await settled();
  const stopped = runner.stop("a");
  await answer();
  await stopped;
  assert.deepEqual(forgotten, ["a"]);
  assert.equal(begun(), 0);
  runner.start("a", true);
  await answer();
  assert.equal(begun(), 1);
});

test("a take that was given up is not sent by whoever signs in", async (t) => {
  const { runner, answer, begun, link, lookups } = setUp(t);
  runner.follow("a");
  link.isRunning = true;
  runner.start("a");
  await answer();
  await runner.stop("a");
  link.isRunning = true;
  await runner.wake();
  await settled();
  assert.equal(lookups.length, 0);
  assert.equal(begun(), 1);
});

test("what is not wanted on the server is not sent", async (t) => {
  const { runner, answer, begun, wish, forgotten } = setUp(t);
  wish.wanted = "later";
  runner.start("a");
  await answer();
  assert.equal(begun(), 0);
  assert.deepEqual(forgotten, ["a"]);
});

test("an upload begins although nobody could note that it waits", async (t) => {
  const { runner, answer, notes, faults, begun } = setUp(t);
  notes.push = () => {
    throw new Error("the disk is full");
  };
  runner.start("a", true);
  await settled();
  assert.equal(faults.length, 1);
  runner.start("a");
  await answer();
  assert.equal(begun(), 1);
});
