import assert from "node:assert/strict";
import { test } from "node:test";
import { createActions } from "../../../assets/js/ui/actions.js";

/** Actions, and what they lead to, in order. */
function setUp() {
  /** @type {string[]} */
  const done = [];
  const note = (/** @type {string} */ what) => async () => void done.push(what);
  const parts = /** @type {any} */ ({
    messages: { text: (/** @type {string} */ key) => key },
    toasts: { show: () => undefined },
    attempt: (/** @type {() => unknown} */ act) => act(),
    player: { id: null, close: () => undefined },
    removals: { undo: note("undo") },
    recorder: { goOn: note("goOn") },
    library: { recover: note("recover"), rescue: note("rescue") },
  });
  return { actions: createActions(parts), done };
}

test("who keeps a take, or goes on with it, calls its deletion off", async () => {
  for (const action of /** @type {const} */ (["recover", "goOn", "rescue"])) {
    const { actions, done } = setUp();
    actions[action](/** @type {any} */ ({ id: "a", name: "Take" }));
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(done, ["undo", action]);
  }
});
