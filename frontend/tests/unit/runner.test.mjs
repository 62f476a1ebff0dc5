import assert from "node:assert/strict";
import { test } from "node:test";
import { Runner } from "../../assets/js/upload/runner.js";

/** Resolves when everything that could happen by now has happened. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * A runner whose recording can be held back while its upload is looked up.
 *
 * @param {import("node:test").TestContext} t
 */
function setUp(t) {
  const request = async (
    /** @type {string} */ _name,
    /** @type {unknown} */ _options,
    /** @type {() => unknown} */ work,
  ) => work();
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", {
    value: { locks: { request } },
    configurable: true,
  });
  t.after(() =>
    Object.defineProperty(globalThis, "navigator", before ?? { value: null }),
  );
  /** @type {(() => void)[]} */
  const lookups = [];
  let begun = 0;
  const store = {
    find: () =>
      new Promise((resolve) =>
        lookups.push(() => resolve({ id: "a", uploaded: null })),
      ),
    begin: async () => {
      begun++;
      return { id: "a", state: "failed", error: "SERVER_ERROR" };
    },
  };
  const link = { take: () => null };
  /** @type {unknown[]} */
  const faults = [];
  const surroundings = /** @type {any} */ ({ store, link });
  const runner = new Runner(surroundings, (error) => faults.push(error));
  const answer = async () => {
    await settled();
    lookups.shift()?.();
    await settled();
  };
  return { runner, answer, lookups, faults, begun: () => begun };
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
