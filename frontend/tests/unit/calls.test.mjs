import assert from "node:assert/strict";
import { test } from "node:test";
import { MessageChannel } from "node:worker_threads";
import { answerCalls, makeCalls } from "../../assets/js/spool/calls.js";
import { StudioError } from "../../assets/js/core/errors.js";

/**
 * A page and a worker with a channel between them.
 *
 * @param {import("node:test").TestContext} t
 * @param {import("../../assets/js/spool/calls.js").Calls} calls
 */
function connect(t, calls) {
  const { port1, port2 } = new MessageChannel();
  const ending = new AbortController();
  t.after(() => {
    ending.abort();
    port1.close();
  });
  const worker = /** @type {any} */ (port1);
  const page = /** @type {any} */ (port2);
  /** @type {[string, unknown][]} */
  const events = [];
  const call = makeCalls(worker, {
    signal: ending.signal,
    onEvent: (event, detail) => events.push([event, detail]),
  });
  worker.start();
  const receive = answerCalls(page, calls);
  page.onmessage = (/** @type {any} */ { data }) => receive(data);
  return { call, events, page, worker };
}

test("a call comes back with what the worker answered", async (t) => {
  const { call } = connect(t, {
    sum: (a, b) => a + b,
    slow: async (value) => new Promise((go) => setImmediate(() => go(value))),
  });
  const answers = [call("slow", ["x"]), call("sum", [1, 2])];
  assert.deepEqual(await Promise.all(answers), ["x", 3]);
});

test("a failure keeps its code on the way", async (t) => {
  const { call } = connect(t, {
    full: () => {
      throw new StudioError("STORAGE_FULL");
    },
    odd: () => {
      throw new TypeError("odd");
    },
  });
  await assert.rejects(call("full", []), { code: "STORAGE_FULL" });
  await assert.rejects(call("odd", []), { code: "SPOOL_FAILED" });
  await assert.rejects(call("unheard of", []), { code: "SPOOL_FAILED" });
});

test("what the worker says on its own is an event", async (t) => {
  const { call, events, page } = connect(t, { wait: () => 1 });
  page.postMessage({ event: "progress", detail: { frames: 7 } });
  await call("wait", []);
  assert.deepEqual(events, [["progress", { frames: 7 }]]);
});

test("a worker that dies fails what it owes", async (t) => {
  const { call, worker } = connect(t, { never: () => new Promise(() => {}) });
  const answer = call("never", []);
  worker.dispatchEvent(new Event("error"));
  await assert.rejects(answer, { code: "SPOOL_FAILED" });
});

test("a worker that never started fails every call", async (t) => {
  const { call, worker } = connect(t, { quick: () => 1 });
  worker.dispatchEvent(new Event("error"));
  await assert.rejects(call("quick", []), { code: "SPOOL_FAILED" });
});

test("what was thrown comes along with all that led to it", async (t) => {
  const { call } = connect(t, {
    odd: () => {
      const cause = new RangeError("no such byte");
      throw new StudioError("SPOOL_FAILED", { cause });
    },
  });
  const error = await call("odd", []).catch((thrown) => thrown);
  assert.match(
    error.cause,
    /SPOOL_FAILED[^]*calls\.test[^]*RangeError: no such/,
  );
});

/**
 * A worker that the clock of the test pings.
 *
 * @param {import("node:test").TestContext} t
 */
function tick(t) {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const worker = /** @type {any} */ (new EventTarget());
  /** @type {any[]} */
  const sent = [];
  worker.postMessage = (/** @type {any} */ message) => sent.push(message);
  let deaths = 0;
  const ending = new AbortController();
  t.after(() => ending.abort());
  const call = makeCalls(worker, {
    signal: ending.signal,
    onEvent: () => undefined,
    onDead: () => deaths++,
  });
  const say = (/** @type {any} */ data) =>
    worker.dispatchEvent(new MessageEvent("message", { data }));
  const beat = (/** @type {number} */ pings) =>
    t.mock.timers.tick(2000 * pings);
  return { call, say, sent, beat, deaths: () => deaths };
}

test("a worker that answers nothing for half a minute is given up", async (t) => {
  const { call, say, beat, deaths } = tick(t);
  const answer = call("never", []);
  say({ pong: true });
  beat(15);
  assert.equal(deaths(), 0);
  beat(1);
  await assert.rejects(answer, { code: "SPOOL_DEAD" });
  await assert.rejects(call("quick", []), { code: "SPOOL_DEAD" });
  assert.equal(deaths(), 1);
});

test("a worker that is still starting has five minutes for it", async (t) => {
  const { call, say, beat, deaths } = tick(t);
  const answer = call("never", []);
  beat(150);
  assert.equal(deaths(), 0);
  say({ ticket: 1, result: "at last" });
  assert.equal(await answer, "at last");
});

test("a worker that never says a word is given up, too", async (t) => {
  const { call, beat, deaths } = tick(t);
  const answer = call("never", []);
  beat(151);
  await assert.rejects(answer, { code: "SPOOL_DEAD" });
  assert.equal(deaths(), 1);
});

test("a call may take as long as it will while the worker is heard", async (t) => {
  const { call, say, beat, deaths } = tick(t);
  const answer = call("slow", []);
  for (let i = 0; i < 10; i++) {
    beat(14);
    say(i % 2 ? { pong: true } : { event: "progress", detail: {} });
  }
  say({ ticket: 1, result: "done" });
  assert.equal(await answer, "done");
  assert.equal(deaths(), 0);
});

test("nothing is asked of a worker that owes nothing", async (t) => {
  const { call, say, sent, beat } = tick(t);
  const answer = call("quick", []);
  say({ ticket: 1, result: 1 });
  await answer;
  beat(100);
  assert.deepEqual(
    sent.map(({ call: name, ping }) => name ?? ping),
    ["quick"],
  );
});

test("a ping is answered while a call is under way", async (t) => {
  const { call, page, worker } = connect(t, {
    slow: () => new Promise(() => {}),
  });
  call("slow", []).catch(() => undefined);
  const pong = new Promise((resolve) =>
    worker.addEventListener("message", (/** @type {any} */ { data }) =>
      resolve(data),
    ),
  );
  assert.ok(page);
  worker.postMessage({ ping: true });
  assert.deepEqual(await pong, { pong: true });
});
