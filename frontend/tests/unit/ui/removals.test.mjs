import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError, codeOf } from "../../../assets/js/core/errors.js";
import { createMessages } from "../../../assets/js/core/messages.js";
import { en } from "../support/texts.mjs";
import {
  UNDO_MS,
  createRemovals,
  offerUndo,
} from "../../../assets/js/ui/removals.js";

/**
 * A device with a store of preferences, on which pages come and go.
 *
 * @param {import("node:test").TestContext} t
 */
function makeDevice(t) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  /** @type {Map<string, unknown>} */
  const values = new Map();
  /** @type {string[]} */
  const removed = [];
  const preferences = {
    get: async (/** @type {string} */ name) => values.get(name),
    set: async (/** @type {string} */ name, /** @type {unknown} */ value) =>
      void values.set(name, structuredClone(value)),
    update: async (
      /** @type {string} */ name,
      /** @type {(value: unknown) => unknown} */ change,
    ) => void values.set(name, structuredClone(change(values.get(name)))),
  };
  /** @type {unknown[]} */
  const faults = [];
  const openPage = (
    remove = async (/** @type {string} */ id) => void removed.push(id),
  ) => {
    const end = new AbortController();
    const removals = createRemovals({
      preferences,
      remove,
      onFault: (error) => void faults.push(error),
      now: () => Date.now(),
      signal: end.signal,
    });
    return { removals, close: () => end.abort() };
  };
  const pass = async (/** @type {number} */ ms) => {
    t.mock.timers.tick(ms);
    for (let turn = 0; turn < 10; turn += 1) {
      await Promise.resolve();
    }
  };
  return { removed, faults, openPage, pass };
}

test("a recording is deleted when its time to undo is over, not before", async (t) => {
  const { removed, openPage, pass } = makeDevice(t);
  const { removals } = openPage();
  await removals.add("a", "Take");
  assert.equal(removals.has("a"), true);
  await pass(UNDO_MS - 1);
  assert.deepEqual(removed, []);
  await pass(1);
  assert.deepEqual(removed, ["a"]);
  assert.equal(removals.has("a"), false);
});

test("what is undone is never deleted", async (t) => {
  const { removed, openPage, pass } = makeDevice(t);
  const { removals } = openPage();
  await removals.add("a", "Take");
  await removals.undo("a");
  await pass(2 * UNDO_MS);
  assert.deepEqual(removed, []);
});

test("a deletion that was due while no page was open happens at the next start", async (t) => {
  const { removed, openPage, pass } = makeDevice(t);
  const first = openPage();
  await first.removals.add("a", "Take");
  first.close();
  await pass(2 * UNDO_MS);
  assert.deepEqual(removed, []);
  await openPage().removals.resume();
  await pass(0);
  assert.deepEqual(removed, ["a"]);
});

test("what one page has undone, another does not delete", async (t) => {
  const { removed, openPage, pass } = makeDevice(t);
  const first = openPage();
  const second = openPage();
  await first.removals.add("a", "Take");
  await second.removals.resume();
  await first.removals.undo("a");
  await pass(2 * UNDO_MS);
  assert.deepEqual(removed, []);
  assert.equal(second.removals.has("a"), false);
});

test("two pages that delete lose nothing of each other", async (t) => {
  const { removed, openPage, pass } = makeDevice(t);
  const first = openPage();
  const second = openPage();
  await first.removals.add("a", "One");
  await second.removals.add("b", "Two");
  first.close();
  second.close();
  await openPage().removals.resume();
  await pass(UNDO_MS);
  assert.deepEqual(removed.sort(), ["a", "b"]);
});

test("recordings that are deleted at once are all deleted", async (t) => {
  const { removed, openPage, pass } = makeDevice(t);
  const { removals } = openPage();
  await Promise.all([removals.add("a", "One"), removals.add("b", "Two")]);
  await pass(UNDO_MS);
  assert.deepEqual(removed.sort(), ["a", "b"]);
});

test("a deletion that fails is told, and happens at the next start", async (t) => {
  const { removed, faults, openPage, pass } = makeDevice(t);
  const fault = new Error("no database");
  const first = openPage(() => Promise.reject(fault));
  await first.removals.add("a", "Take");
  await pass(UNDO_MS);
  assert.deepEqual(faults, [fault]);
  assert.equal(first.removals.has("a"), false);
  first.close();
  await openPage().removals.resume();
  await pass(0);
  assert.deepEqual(removed, ["a"]);
});

/**
 * Where a page offers to undo.
 *
 * @param {ReturnType<typeof createRemovals>} removals
 */
function watchToasts(removals) {
  /** @type {any[]} */
  const toasts = [];
  offerUndo({
    removals,
    toasts: /** @type {any} */ ({
      show(/** @type {any} */ toast) {
        toasts.push(toast);
        return () => (toast.isClosed = true);
      },
    }),
    messages: createMessages({ dictionaries: { en }, language: "en" }),
    now: () => Date.now(),
    signal: new AbortController().signal,
  });
  return toasts;
}

test("what goes together is undone by one press", async (t) => {
  const { removed, openPage, pass } = makeDevice(t);
  const { removals } = openPage();
  const rows = ["a", "b"].map((id) => ({ id, name: id.toUpperCase() }));
  const toasts = watchToasts(removals);
  await removals.addAll(rows);
  await removals.add("c", "C");
  assert.deepEqual(
    toasts.map(({ text }) => text),
    ["2 recordings are being deleted.", "C is being deleted."],
  );
  toasts[0].onAction();
  await pass(UNDO_MS);
  assert.deepEqual(removed, ["c"]);
});

test("after a reload each deletion is offered as long as it can be undone", async (t) => {
  const { removed, openPage, pass } = makeDevice(t);
  const first = openPage();
  await first.removals.add("late", "Late");
  await pass(20_000);
  const rows = ["a", "b"].map((id) => ({ id, name: id }));
  await first.removals.addAll(rows);
  await pass(5000);
  await first.removals.add("c", "C");
  first.close();
  await pass(5000);
  const { removals } = openPage();
  const toasts = watchToasts(removals);
  await removals.resume();
  assert.deepEqual(
    toasts.map(({ text, ms }) => [text, ms]),
    [
      ["2 recordings are being deleted.", UNDO_MS - 10_000],
      ["C is being deleted.", UNDO_MS - 5000],
    ],
  );
  toasts[0].onAction();
  await pass(UNDO_MS);
  assert.deepEqual(removed, ["late", "c"]);
});

test("what another page goes on with is not deleted, now or later", async (t) => {
  const { faults, openPage, pass } = makeDevice(t);
  let tries = 0;
  const remove = async () => {
    tries += 1;
    throw new StudioError("TAKE_BUSY");
  };
  const first = openPage(remove);
  await first.removals.add("a", "Take");
  await pass(UNDO_MS);
  assert.equal(tries, 1);
  assert.deepEqual(
    faults.map((error) => codeOf(error, "")),
    ["TAKE_BUSY"],
  );
  assert.equal(first.removals.has("a"), false);
  await openPage(remove).removals.resume();
  await pass(UNDO_MS);
  assert.equal(tries, 1);
});

test("what waits no longer is deleted, and no undo is offered any more", async (t) => {
  const { removed, openPage, pass } = makeDevice(t);
  const { removals } = openPage();
  const toasts = watchToasts(removals);
  await removals.addAll([
    { id: "a", name: "A" },
    { id: "b", name: "B" },
  ]);
  await removals.hasten("a", "c");
  assert.deepEqual([removed, toasts[0].isClosed], [["a"], undefined]);
  await removals.hasten("b");
  assert.deepEqual([removed, toasts[0].isClosed], [["a", "b"], true]);
  await pass(UNDO_MS);
  assert.deepEqual(removed, ["a", "b"]);
});

test("what only the server has is told not to go to the trash", async (t) => {
  const { removals } = makeDevice(t).openPage();
  const toasts = watchToasts(removals);
  await removals.addAll([{ id: "a", name: "A", onDevice: false }]);
  await removals.addAll([{ id: "b", name: "B", onDevice: true }]);
  assert.deepEqual(
    toasts.map(({ text }) => text),
    [
      "A is being deleted. What only the server has does not go to the trash.",
      "B is being deleted.",
    ],
  );
});
