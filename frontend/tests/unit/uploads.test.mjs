import assert from "node:assert/strict";
import { test } from "node:test";
import { Uploads } from "../../assets/js/upload/uploads.js";

/** Uploads over tables and lines that note what they are told. */
function setUp(/** @type {object | undefined} */ row) {
  /** @type {unknown[][]} */
  const done = [];
  /** @param {string} name */
  const noting =
    (name) =>
    async (/** @type {unknown[]} */ ...args) => {
      done.push([name, ...args]);
    };
  const database = /** @type {any} */ ({
    recordings: { update: noting("recording") },
    uploads: { get: async () => row },
    outbox: {
      add: async (/** @type {any} */ { kind, fileId }) =>
        done.push(["outbox", kind, fileId]),
    },
  });
  const line = /** @type {any} */ ({ postMessage: noting("told") });
  return { uploads: new Uploads(database, line, line), done };
}

test("giving an upload up keeps the recording, and takes back what was sent", async () => {
  const { uploads, done } = setUp({ fileId: "b" });
  /** @type {string[]} */
  const cancelled = [];
  uploads.addEventListener("cancelled", (event) =>
    cancelled.push(/** @type {CustomEvent} */ (event).detail.id),
  );
  await uploads.cancel("a");
  assert.deepEqual(done, [
    ["recording", "a", { wanted: "later" }],
    ["told", { type: "stop", id: "a" }],
    ["outbox", "delete", "b"],
  ]);
  assert.deepEqual(cancelled, ["a"]);
});

test("of an upload that never began there is nothing to take back", async () => {
  const { uploads, done } = setUp(undefined);
  await uploads.cancel("a");
  assert.deepEqual(
    done.map(([name]) => name),
    ["recording", "told"],
  );
});
