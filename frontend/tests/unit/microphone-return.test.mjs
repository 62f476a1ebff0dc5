import assert from "node:assert/strict";
import { test } from "node:test";
import { awaitReturn } from "../../assets/js/capture/microphone-return.js";

/**
 * A take whose microphone is gone.
 *
 * @param {import("node:test").TestContext} t
 */
function lose(t) {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const devices = new EventTarget();
  const ending = new AbortController();
  const device = { isThere: false, isAllowed: true };
  const count = { attempts: 0, returns: 0 };
  awaitReturn({
    reopen: async () => {
      count.attempts++;
      if (!device.isThere) {
        throw new Error("none");
      }
    },
    onBack: () => count.returns++,
    devices,
    isAllowed: async () => device.isAllowed,
    signal: ending.signal,
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const wait = async (/** @type {number} */ seconds) => {
    for (let i = 0; i < seconds; i++) {
      t.mock.timers.tick(1000);
      await settle();
    }
  };
  const plug = async () => {
    devices.dispatchEvent(new Event("devicechange"));
    await settle();
  };
  return { device, count, wait, plug, end: () => ending.abort() };
}

test("a microphone that comes back is opened at once, and once", async (t) => {
  const { device, count, wait, plug } = lose(t);
  await wait(1);
  assert.deepEqual(count, { attempts: 1, returns: 0 });
  device.isThere = true;
  await plug();
  assert.deepEqual(count, { attempts: 2, returns: 1 });
  await plug();
  await wait(10);
  assert.deepEqual(count, { attempts: 2, returns: 1 });
});

test("it is looked for even where nothing tells that it is back", async (t) => {
  const { device, count, wait } = lose(t);
  await wait(5);
  device.isThere = true;
  await wait(2);
  assert.equal(count.returns, 1);
});

test("nobody is asked for a permission that was taken away", async (t) => {
  const { device, count, wait } = lose(t);
  await wait(1);
  device.isAllowed = false;
  device.isThere = true;
  await wait(10);
  assert.equal(count.attempts, 1);
  device.isAllowed = true;
  await wait(2);
  assert.equal(count.returns, 1);
});

test("when the take has ended nobody waits any more", async (t) => {
  const { device, count, wait, plug, end } = lose(t);
  await wait(1);
  end();
  device.isThere = true;
  await plug();
  await wait(10);
  assert.deepEqual(count, { attempts: 1, returns: 0 });
});
