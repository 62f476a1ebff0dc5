import assert from "node:assert/strict";
import { test } from "node:test";
import { createOutboxSender } from "../../assets/js/library/outbox.js";
import { installLocks } from "./support/locks.mjs";

/**
 * An outbox with one deletion, and a server that answers as it is told.
 *
 * @param {import("node:test").TestContext} t
 * @param {(tries: number) => {retryAfterMs: number} | null} refusal of each try
 */
function makeSender(t, refusal) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  installLocks(t);
  const end = new AbortController();
  t.after(() => end.abort());
  const rows = [{ key: 1, kind: "delete", fileId: "a", at: 0 }];
  const counts = { tries: 0, sent: 0 };
  const sender = createOutboxSender({
    outbox: /** @type {any} */ ({
      list: async () => [...rows],
      remove: async () => rows.pop(),
    }),
    server: {
      async remove() {
        counts.tries += 1;
        const error = refusal(counts.tries);
        if (error) {
          throw error;
        }
      },
      rename: async () => undefined,
      isPassing: () => true,
      retryAfterMs: (error) => /** @type {any} */ (error).retryAfterMs,
    },
    onSent: () => (counts.sent += 1),
    signal: end.signal,
  });
  /** @param {number} ms */
  async function pass(ms) {
    t.mock.timers.tick(ms);
    for (let turn = 0; turn < 20; turn += 1) {
      await Promise.resolve();
    }
  }
  return { sender, counts, rows, pass };
}

test("nothing is sent before the time that the server asked for", async (t) => {
  const { sender, counts, rows, pass } = makeSender(t, (tries) =>
    tries === 1 ? { retryAfterMs: 90_000 } : null,
  );
  await sender.flush();
  await sender.flush();
  await pass(89_999);
  assert.deepEqual([counts.tries, rows.length], [1, 1]);
  await pass(1);
  assert.deepEqual(counts, { tries: 2, sent: 1 });
  assert.deepEqual(rows, []);
});

test("without such a wish pauses double, and news hurry the next try", async (t) => {
  const { sender, counts, pass } = makeSender(t, () => ({ retryAfterMs: 0 }));
  await sender.flush();
  await pass(4999);
  assert.equal(counts.tries, 1);
  await pass(1);
  assert.equal(counts.tries, 2);
  await pass(9999);
  assert.equal(counts.tries, 2);
  await pass(1);
  assert.equal(counts.tries, 3);
  await sender.flush();
  assert.equal(counts.tries, 4);
});
