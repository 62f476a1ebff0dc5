import assert from "node:assert/strict";
import { test } from "node:test";
import { Uploads } from "../../assets/js/upload/uploads.js";

/** Uploads over tables and lines that note what they are told. */
function setUp(
  /** @type {object | undefined} */ row,
  /** @type {object | undefined} */ recording = undefined,
) {
  /** @type {unknown[][]} */
  const done = [];
  /** @param {string} name */
  const noting =
    (name) =>
    async (/** @type {unknown[]} */ ...args) => {
      done.push([name, ...args]);
    };
  const database = /** @type {any} */ ({
    recordings: {
      get: async () => recording,
      async update(/** @type {string} */ id, /** @type {any} */ patch) {
        const before = { uploaded: null, ...recording };
        const change = typeof patch === "function" ? patch(before) : patch;
        done.push(["recording", id, change]);
        return { ...before, ...change };
      },
    },
    uploads: { get: async () => row },
    outbox: {
      add: async (/** @type {any} */ { kind, fileId }) =>
        done.push(["outbox", kind, fileId]),
    },
  });
  const line = /** @type {any} */ ({ postMessage: noting("told") });
  return { uploads: new Uploads(database, line, line), done };
}

/** @param {string | null} fileId of its verified copy, if there is one */
const part = (fileId) => ({ uploaded: fileId && { fileId } });

test("giving an upload up keeps the recording, and takes back what was sent", async () => {
  const { uploads, done } = setUp({ fileId: "b" });
  /** @type {string[]} */
  const cancelled = [];
  uploads.addEventListener("cancelled", (event) =>
    cancelled.push(/** @type {CustomEvent} */ (event).detail.id),
  );
  await uploads.cancel("a");
  assert.deepEqual(done, [
    ["recording", "a", { wanted: "later", parts: undefined }],
    ["told", { type: "stop", id: "a" }],
    ["outbox", "delete", "b"],
  ]);
  assert.deepEqual(cancelled, ["a"]);
});

test("giving an upload in parts up takes back each of them", async () => {
  const parts = [part("a"), part("b"), part(null)];
  const { uploads, done } = setUp({ fileId: "b" }, { parts });
  await uploads.cancel("a");
  assert.deepEqual(done, [
    ["recording", "a", { wanted: "later", parts: undefined }],
    ["told", { type: "stop", id: "a" }],
    ["outbox", "delete", "b"],
    ["outbox", "delete", "a"],
  ]);
});

test("what the server has verified by then is not given up any more", async () => {
  const there = [
    { uploaded: { fileId: "b" } },
    { parts: [part("a"), part("b")] },
  ];
  for (const recording of there) {
    const { uploads, done } = setUp({ fileId: "b" }, recording);
    await uploads.cancel("a");
    assert.deepEqual(done, [["recording", "a", {}]]);
  }
});

test("of an upload that never began there is nothing to take back", async () => {
  const { uploads, done } = setUp(undefined);
  await uploads.cancel("a");
  assert.deepEqual(
    done.map(([name]) => name),
    ["recording", "told"],
  );
});

test("an upload given up in another page is over in this one, too", () => {
  const { uploads } = setUp(undefined);
  /** @type {string[]} */
  const cancelled = [];
  uploads.addEventListener("cancelled", (event) =>
    cancelled.push(/** @type {CustomEvent} */ (event).detail.id),
  );
  const progress = /** @type {any} */ ({ id: "a", state: "uploading" });
  uploads.hear({ type: "progress", progress });
  assert.equal(uploads.progress("a"), progress);
  uploads.hear({ type: "stop", id: "a" });
  assert.equal(uploads.progress("a"), null);
  assert.deepEqual(cancelled, ["a"]);
});

test("whoever waits for an upload hears that it was stopped", () => {
  const { uploads, done } = setUp(undefined);
  let cancelled = 0;
  uploads.addEventListener("cancelled", () => (cancelled += 1));
  uploads.stop("a");
  assert.equal(cancelled, 1);
  assert.deepEqual(done, [["told", { type: "stop", id: "a" }]]);
});

const begun = { type: "start", id: "a" };

test("what failed in parts goes on, with what the server has of it", async () => {
  const parts = [part("a"), part(null)];
  const { uploads, done } = setUp({ fileId: "b" }, { parts });
  await uploads.enqueue("a");
  assert.deepEqual(done, [
    ["recording", "a", { wanted: "server", uploaded: null, parts }],
    ["told", begun],
  ]);
});

test("parts of which one is lost are sent anew, in place of the others", async () => {
  const parts = [part("a"), part("b")];
  const { uploads, done } = setUp(undefined, { parts });
  await uploads.enqueue("a");
  assert.deepEqual(done, [
    ["outbox", "delete", "a"],
    ["outbox", "delete", "b"],
    ["recording", "a", { wanted: "server", uploaded: null, parts: undefined }],
    ["told", begun],
  ]);
});

test("a copy as one is not taken back: it may be there", async () => {
  const uploaded = { fileId: "a" };
  const { uploads, done } = setUp(undefined, { uploaded });
  await uploads.enqueue("a");
  assert.deepEqual(done, [
    ["recording", "a", { wanted: "server", uploaded: null, parts: undefined }],
    ["told", begun],
  ]);
});
