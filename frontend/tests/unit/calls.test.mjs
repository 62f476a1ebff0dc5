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
