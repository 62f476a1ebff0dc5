import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { createBytes } from "../../assets/js/upload/bytes.js";
import { createPerformer } from "../../assets/js/upload/performer.js";
import { createSpoolLink } from "../../assets/js/upload/spool-link.js";

/**
 * The end of a channel to a spool worker that does as `hear` says.
 *
 * @param {(from: number, to: number) => Promise<ArrayBuffer>} readFile
 * @param {(message: any, answer: (buffer: ArrayBuffer | null) => void) => void} hear
 */
function connect(readFile, hear) {
  /** @type {any} */
  const port = {
    onmessage: null,
    postMessage: (/** @type {any} */ message) =>
      hear(message, (buffer) => {
        const data = { type: "bytes", ticket: message.ticket, buffer };
        port.onmessage({ data });
      }),
  };
  const link = createSpoolLink(port, {
    changed: () => undefined,
    discarded: () => undefined,
  });
  const flush = () => {
    const data = { type: "flushed", id: "a", from: 0, to: 9, seconds: 1 };
    port.onmessage({ data });
  };
  const finish = () => {
    const whole = { sizeBytes: 9, headerBytes: 4, sha256: "ff", seconds: 1 };
    port.onmessage({ data: { type: "finished", id: "a", ...whole } });
  };
  const files = { stored: async () => ({ size: 9, read: readFile }) };
  return { link, bytes: createBytes(link, files), flush, finish };
}

test("bytes that a spool does not hand over are read from the file", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const file = new Blob([Uint8Array.of(0, 1, 2, 3)]);
  let isDead = false;
  const { bytes, flush } = connect(
    (from, to) => file.slice(from, to).arrayBuffer(),
    (_, answer) => isDead || answer(null),
  );
  flush();
  const read = async () => [...new Uint8Array(await bytes.read("a", 1, 3))];
  assert.deepEqual(await read(), [1, 2]);
  isDead = true;
  const late = read();
  t.mock.timers.tick(30_000);
  assert.deepEqual(await late, [1, 2]);
});

test("a take that cannot be read while it runs is tried again", async () => {
  let failure = "TAKE_MISSING";
  const { bytes, flush, finish } = connect(
    () => Promise.reject(new StudioError(failure)),
    (_, answer) => answer(null),
  );
  const parts = /** @type {any} */ ({
    bytes,
    line: { carry: (/** @type {any} */ _, /** @type {any} */ send) => send() },
    random: () => 1,
    now: () => 7,
  });
  const perform = createPerformer("a", parts);
  const chunk = /** @type {any} */ ({ index: 1, from: 4, to: 9 });
  const state = /** @type {any} */ ({ epoch: 3, fileId: "f", layout: null });
  const { signal } = new AbortController();
  const send = () => perform({ type: "send", chunk }, { state, signal });
  flush();
  const code = "TAKE_UNREADABLE";
  assert.deepEqual(await send(), {
    type: "refused",
    epoch: 3,
    failure: { status: 0, code, retryAfterMs: null },
    random: 1,
    now: 7,
  });
  finish();
  const broken = { type: "broken", epoch: 3, code: "TAKE_MISSING" };
  assert.deepEqual(await send(), broken);
  failure = "DATABASE_LOST";
  const { type, failure: told } = /** @type {any} */ (await send());
  assert.deepEqual([type, told.code], ["refused", "DATABASE_LOST"]);
});
