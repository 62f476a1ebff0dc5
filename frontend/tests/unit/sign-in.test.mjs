import assert from "node:assert/strict";
import { test } from "node:test";
import { createSignIn } from "../../assets/js/upload/sign-in.js";

const settled = () => new Promise((resolve) => setImmediate(resolve));

/**
 * @param {import("node:test").TestContext} t
 */
function setUp(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const end = new AbortController();
  const seen = { asked: 0, told: 0, isIn: false, now: 0 };
  const signIn = createSignIn({
    server: {
      async config() {
        seen.asked += 1;
        if (!seen.isIn) {
          throw new Error("401");
        }
      },
    },
    onSignedIn: () => (seen.told += 1),
    now: () => seen.now,
    signal: end.signal,
  });
  /** @param {number} ms */
  async function pass(ms) {
    seen.now += ms;
    t.mock.timers.tick(ms);
    await settled();
  }
  return { signIn, seen, pass, end };
}

test("while something waits for it, it is asked until somebody has signed in", async (t) => {
  const { signIn, seen, pass, end } = setUp(t);
  await signIn.ask();
  await pass(10_000);
  assert.equal(seen.asked, 0, "nothing waits for it");

  signIn.wait();
  signIn.wait();
  await pass(10_000);
  await pass(10_000);
  assert.deepEqual([seen.asked, seen.told], [2, 0]);
  seen.isIn = true;
  await signIn.ask();
  assert.deepEqual([seen.asked, seen.told], [3, 1]);
  await pass(3_600_000);
  assert.deepEqual([seen.asked, seen.told], [3, 1], "all is said");

  signIn.wait();
  await pass(10_000);
  assert.deepEqual([seen.asked, seen.told], [4, 2], "it had expired again");
  signIn.wait();
  end.abort();
  await pass(3_600_000);
  assert.equal(seen.asked, 4);
});

test("a server that lets anybody ask but not upload is asked ever less", async (t) => {
  const { signIn, seen, pass } = setUp(t);
  seen.isIn = true;
  for (const seconds of [10, 20, 40, 80, 160, 320, 600, 600]) {
    signIn.wait();
    const before = seen.asked;
    await pass(seconds * 1000 - 1);
    assert.equal(seen.asked, before, `${seconds} s`);
    await pass(1);
    assert.equal(seen.asked, before + 1, `${seconds} s`);
  }
});
