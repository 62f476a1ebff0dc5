import assert from "node:assert/strict";
import { test } from "node:test";
import { attendTake } from "../../assets/js/capture/take-watch.js";

/**
 * A take whose audio system runs and whose spool has `frames` and no more.
 *
 * @param {import("node:test").TestContext} t
 * @param {number} frames
 */
function stall(t, frames) {
  t.mock.timers.enable({ apis: ["setInterval"] });
  /** @type {any} */
  const scope = globalThis;
  scope.document = Object.assign(new EventTarget(), {
    visibilityState: "hidden",
  });
  let seconds = 0;
  const take = /** @type {any} */ ({ id: "a", rate: 48_000, frames });
  /** @type {string[]} */
  const faults = [];
  const events = new EventTarget();
  const ending = attendTake(take, {
    input: {
      get seconds() {
        return seconds;
      },
    },
    clock: { now: () => seconds * 1000 },
    events,
    isRunning: () => true,
    onNews: (name) => faults.push(`news: ${name}`),
    onFault: (code) => faults.push(code),
  });
  for (; seconds < 3; seconds++) {
    t.mock.timers.tick(1000);
  }
  const detail = { id: "a", frames: frames + 1 };
  events.dispatchEvent(new CustomEvent("progress", { detail }));
  ending.abort();
  delete scope.document;
  return faults;
}

test("a spool that has yet to begin is late, and then has begun", (t) => {
  const told = ["SPOOL_LATE", "news: back", "news: progress"];
  assert.deepEqual(stall(t, 0).toSorted(), told.toSorted());
});

test("a spool that had begun has failed", (t) => {
  assert.deepEqual(stall(t, 9), ["SPOOL_FAILED", "news: progress"]);
});
