import assert from "node:assert/strict";
import { test } from "node:test";
import { createRest } from "../../assets/js/offline/rest.js";

/**
 * Rest, and a clock that stands still until it is told to go on.
 *
 * @param {import("node:test").TestContext} t
 */
function setUp(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let now = 5000;
  const rest = createRest({ now: () => now });

  /** @param {number} ms that pass */
  async function pass(ms) {
    now += ms;
    t.mock.timers.tick(ms);
    await new Promise(setImmediate);
  }

  /** @returns {() => boolean} whether it has come */
  function waitForRest() {
    let isOver = false;
    void rest.wait().then(() => (isOver = true));
    return () => isOver;
  }
  return { rest, pass, waitForRest };
}

test("rest is a second in which nothing was asked for", async (t) => {
  const { rest, pass, waitForRest } = setUp(t);
  await pass(3000);
  rest.note();
  const hasCome = waitForRest();
  await pass(999);
  assert.equal(hasCome(), false);
  await pass(1);
  assert.equal(hasCome(), true);
});

test("where nothing was asked for lately there is rest at once", async (t) => {
  const { pass, waitForRest } = setUp(t);
  await pass(1000);
  const hasCome = waitForRest();
  await pass(0);
  assert.equal(hasCome(), true);
});

test("each request begins the second anew", async (t) => {
  const { rest, pass, waitForRest } = setUp(t);
  const hasCome = waitForRest();
  await pass(600);
  rest.note();
  await pass(600);
  assert.equal(hasCome(), false);
  await pass(400);
  assert.equal(hasCome(), true);
});

test("pages that never stop asking are waited for no longer than ten seconds", async (t) => {
  const { rest, pass, waitForRest } = setUp(t);
  const hasCome = waitForRest();
  for (let ms = 0; ms < 9900; ms += 100) {
    rest.note();
    await pass(100);
  }
  assert.equal(hasCome(), false);
  rest.note();
  await pass(100);
  assert.equal(hasCome(), true);
});
