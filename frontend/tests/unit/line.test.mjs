import assert from "node:assert/strict";
import { test } from "node:test";
import { createLine } from "../../assets/js/upload/line.js";

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Web Locks as all pages of a browser share them: one name, in turn. */
function createLocks() {
  let last = Promise.resolve();
  /** @type {any} */
  const request = (
    /** @type {string} */ _name,
    /** @type {{signal?: AbortSignal}} */ { signal },
    /** @type {() => Promise<void>} */ work,
  ) => {
    const turn = last.then(() => {
      signal?.throwIfAborted();
      return work();
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  return { request };
}

/**
 * A line, and what is under way on it.
 *
 * @param {ReturnType<typeof createLocks>} [locks]
 */
function setUp(locks = createLocks()) {
  let at = 0;
  const line = createLine({ now: () => at, locks });
  /** @type {{name: string, end: (error?: Error) => void}[]} */
  const underWay = [];
  /**
   * @param {string} name
   * @param {{isLive?: boolean, bytes?: number, signal?: AbortSignal}} [load]
   */
  function carry(
    name,
    {
      isLive = false,
      bytes = 1000,
      signal = new AbortController().signal,
    } = {},
  ) {
    const send = () =>
      new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
        const end = (/** @type {Error | undefined} */ error) => {
          underWay.splice(underWay.indexOf(request), 1);
          at += 1000 / (underWay.length + 1);
          return error ? reject(error) : resolve();
        };
        const request = { name, end };
        underWay.push(request);
      });
    return line.carry({ bytes, isLive, signal }, send);
  }
  return {
    line,
    underWay,
    carry,
    names: () => underWay.map(({ name }) => name),
    /** @param {Error} [error] */
    async end(error) {
      underWay[0].end(error);
      await settled();
    },
  };
}

test("two finished recordings' chunks go at a time to begin with", async () => {
  const { carry, names, end } = setUp();
  ["a", "b", "c"].forEach((name) => void carry(name));
  await settled();
  assert.deepEqual(names(), ["a", "b"]);
  await end();
  assert.deepEqual(names(), ["b", "c"]);
});

test("where each request carries as much as a lone one there are three", async () => {
  const { carry, underWay, end } = setUp();
  let most = 0;
  for (let sent = 0; sent < 6; sent += 1) {
    void carry("first");
  }
  await settled();
  for (let sent = 0; most < 3; sent += 1) {
    assert.ok(sent < 100, "a third one");
    void carry("next");
    await end();
    most = Math.max(most, underWay.length);
  }
});

test("a running take does not wait, and finished recordings wait for it", async () => {
  const { carry, names, end } = setUp();
  ["a", "b", "c"].forEach((name) => void carry(name));
  await settled();
  void carry("live", { isLive: true });
  await settled();
  assert.deepEqual(names(), ["a", "b", "live"]);
  await end();
  await end();
  assert.deepEqual(names(), ["live"]);
  await end();
  assert.deepEqual(names(), ["c"]);
});

test("a request that fails makes room, and is told as it failed", async () => {
  const { carry, names, end } = setUp();
  const failed = carry("a").catch(({ message }) => message);
  ["b", "c"].forEach((name) => void carry(name));
  await settled();
  await end(new Error("reset"));
  assert.equal(await failed, "reset");
  assert.deepEqual(names(), ["b", "c"]);
});

test("who gives up waiting is not let in", async () => {
  const { carry, names, end } = setUp();
  const given = new AbortController();
  ["a", "b"].forEach((name) => void carry(name));
  const waits = carry("c", { signal: given.signal });
  void carry("d");
  given.abort(new Error("enough"));
  await assert.rejects(waits, { message: "enough" });
  await assert.rejects(carry("e", { signal: given.signal }));
  await end();
  assert.deepEqual(names(), ["b", "d"]);
});

test("what never ends makes room once it is given up", async () => {
  const { carry, names } = setUp();
  const given = new AbortController();
  const load = { isLive: true, signal: given.signal };
  const hangs = carry("hangs", load);
  void carry("finished");
  await settled();
  assert.deepEqual(names(), ["hangs"]);
  given.abort(new Error("enough"));
  await assert.rejects(hangs, { message: "enough" });
  await settled();
  assert.deepEqual(names(), ["hangs", "finished"]);
});

test("a take that is given up waits for no limit", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { line, carry, names, end } = setUp();
  line.setLimit(1);
  void carry("live", { isLive: true });
  await settled();
  await end();
  const given = new AbortController();
  const waits = carry("more", { isLive: true, signal: given.signal });
  given.abort(new Error("enough"));
  await assert.rejects(waits, { message: "enough" });
  line.setLimit(0);
  void carry("finished");
  await settled();
  assert.deepEqual(names(), ["finished"]);
});

test("with a limit all pages together send as much as it allows", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const locks = createLocks();
  const here = setUp(locks);
  const there = setUp(locks);
  here.line.setLimit(1000);
  there.line.setLimit(1000);
  void here.carry("a", { bytes: 2000 });
  await settled();
  void there.carry("b", { bytes: 3000 });
  await settled();
  void here.carry("live", { bytes: 1000, isLive: true });
  await settled();
  assert.deepEqual([here.names(), there.names()], [["a"], []]);
  t.mock.timers.tick(1999);
  await settled();
  assert.deepEqual([here.names(), there.names()], [["a"], []]);
  t.mock.timers.tick(1);
  await settled();
  assert.deepEqual([here.names(), there.names()], [["a"], ["b"]]);
  t.mock.timers.tick(1999);
  await settled();
  assert.deepEqual(here.names(), ["a"], "a turn lasts two seconds");
  t.mock.timers.tick(1);
  await settled();
  assert.deepEqual(here.names(), ["a", "live"]);
  void here.carry("more", { isLive: true, bytes: 1000 });
  await settled();
  t.mock.timers.tick(1000);
  await settled();
  assert.deepEqual(here.names(), ["a", "live"], "the rest of b is paid for");
  t.mock.timers.tick(1000);
  await settled();
  assert.deepEqual(here.names(), ["a", "live", "more"]);
});

test("what is large is paid for before the next is sent", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { line, carry, names, end } = setUp();
  line.setLimit(1000);
  ["a", "b"].forEach((name) => void carry(name, { bytes: 5000 }));
  await settled();
  await end();
  for (const ms of [2000, 2000, 999]) {
    t.mock.timers.tick(ms);
    await settled();
    assert.deepEqual(names(), []);
  }
  t.mock.timers.tick(1);
  await settled();
  assert.deepEqual(names(), ["b"]);
});

test("a limit that goes lets those go who wait for it", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { line, carry, names, end } = setUp();
  line.setLimit(1);
  ["a", "b"].forEach((name) => void carry(name));
  await settled();
  assert.deepEqual(names(), ["a"]);
  await end();
  assert.deepEqual(names(), [], "the limit holds, though the line is free");
  line.setLimit(0);
  await settled();
  assert.deepEqual(names(), ["b"]);
});

test("chunks are as large as two seconds of the limit", () => {
  const { line } = setUp();
  assert.equal(line.longestBytes(), Infinity);
  line.setLimit(102_400);
  assert.equal(line.longestBytes(), 204_800);
  line.setLimit(10);
  assert.equal(line.longestBytes(), 65_536);
});
