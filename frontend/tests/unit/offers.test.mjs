import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { MessageChannel } from "node:worker_threads";
import { createOffers } from "../../assets/js/spool/offers.js";

/**
 * @param {import("node:test").TestContext} t
 * @param {(id: string, from: number, length: number) => Promise<any>} [read]
 */
function connect(t, read = async () => null) {
  const offers = createOffers(read);
  const { port1, port2 } = new MessageChannel();
  t.after(() => port1.close());
  offers.attach(/** @type {any} */ (port1));
  return {
    offers,
    upload: port2,
    next: async () => (await once(port2, "message"))[0],
  };
}

test("the header is offered alone, then what each flush adds", async (t) => {
  const { offers, next } = connect(t);
  offers.flushed("a", { bytes: 9000, seconds: 1 });
  const header = { type: "flushed", id: "a", from: 0, to: 4096, seconds: 0 };
  assert.deepEqual(await next(), header);
  const clusters = { ...header, from: 4096, to: 9000, seconds: 1 };
  assert.deepEqual(await next(), clusters);
  offers.flushed("a", { bytes: 9000, seconds: 1 });
  offers.flushed("a", { bytes: 20000, seconds: 2 });
  const more = { ...header, from: 9000, to: 20000, seconds: 2 };
  assert.deepEqual(await next(), more);
});

test("what a take that goes on has is offered at once", async (t) => {
  const { offers, next } = connect(t);
  offers.resumed("a");
  offers.flushed("a", { bytes: 9000, seconds: 3 });
  const all = { type: "flushed", id: "a", from: 0, to: 9000, seconds: 3 };
  assert.deepEqual(await next(), all);
});

test("nothing is offered before the header is whole", async (t) => {
  const { offers, next } = connect(t);
  offers.flushed("a", { bytes: 0, seconds: 0 });
  offers.discarded("a");
  assert.deepEqual(await next(), { type: "discarded", id: "a" });
});

test("a finished take is told with its length in seconds", async (t) => {
  const { offers, next } = connect(t);
  const audio = { frames: 72000, sizeBytes: 5, sha256: "ab" };
  offers.finished("a", audio);
  assert.deepEqual(await next(), {
    type: "finished",
    id: "a",
    sizeBytes: 5,
    headerBytes: 4096,
    sha256: "ab",
    seconds: 1.5,
  });
});

test("bytes of a running take are read, those of a closed one not", async (t) => {
  const file = Uint8Array.of(1, 2, 3, 4, 5);
  const { upload, next } = connect(t, async (id, from, length) =>
    id === "runs" ? file.subarray(from, from + length) : null,
  );
  upload.postMessage({ type: "read", id: "runs", from: 1, to: 4, ticket: 7 });
  const { ticket, buffer } = await next();
  assert.equal(ticket, 7);
  assert.deepEqual([...new Uint8Array(buffer)], [2, 3, 4]);
  upload.postMessage({ type: "read", id: "gone", from: 0, to: 1, ticket: 8 });
  assert.deepEqual(await next(), { type: "bytes", ticket: 8, buffer: null });
  assert.equal(file.length, 5);
});

test("a read that fails is answered like that of a closed take", async (t) => {
  const { upload, next } = connect(t, () => {
    throw new DOMException("gone", "InvalidStateError");
  });
  upload.postMessage({ type: "read", id: "a", from: 0, to: 1, ticket: 9 });
  assert.deepEqual(await next(), { type: "bytes", ticket: 9, buffer: null });
});
