import assert from "node:assert/strict";
import { test } from "node:test";
import { followTake } from "../../assets/js/capture/take-news.js";

/** A take that is followed, and what is heard of it. */
function follow() {
  /** @type {Parameters<typeof followTake>[0]} */
  const take = { id: "a", frames: 0, heardAt: 0 };
  const events = new EventTarget();
  const ending = new AbortController();
  /** @type {unknown[]} */
  const heard = [];
  followTake(take, {
    clock: { now: () => 4711 },
    events,
    onNews: (...news) => heard.push(news),
    onFault: (code) => heard.push(code),
    signal: ending.signal,
  });
  const say = (/** @type {string} */ name, /** @type {object} */ detail) =>
    events.dispatchEvent(new CustomEvent(name, { detail }));
  return { take, heard, say, end: () => ending.abort() };
}

test("what the spool says of a take is passed on, its frames are kept", () => {
  const { take, heard, say } = follow();
  say("progress", { id: "a", frames: 960 });
  say("peaks", { id: "a", from: 0 });
  say("marker", { id: "a", frame: 480 });
  say("fault", { id: "a", code: "STORAGE_FULL" });
  assert.equal(take.frames, 960);
  assert.equal(take.heardAt, 4711);
  assert.deepEqual(heard, [
    ["progress", { id: "a", frames: 960 }],
    ["peaks", { id: "a", from: 0 }],
    ["marker", { id: "a", frame: 480 }],
    "STORAGE_FULL",
  ]);
});

test("a take has been heard when frames came, not whenever it is told of", () => {
  const { take, say } = follow();
  say("progress", { id: "a", frames: 960 });
  take.heardAt = 12;
  say("progress", { id: "a", frames: 960 });
  assert.equal(take.heardAt, 12);
  say("progress", { id: "a", frames: 961 });
  assert.equal(take.heardAt, 4711);
});

test("neither another take nor what comes after the end is heard", () => {
  const { take, heard, say, end } = follow();
  say("progress", { id: "b", frames: 960 });
  say("fault", { id: "b", code: "STORAGE_FULL" });
  end();
  say("progress", { id: "a", frames: 960 });
  assert.equal(take.frames, 0);
  assert.deepEqual(heard, []);
});
