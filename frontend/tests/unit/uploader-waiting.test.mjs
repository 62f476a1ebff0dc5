import assert from "node:assert/strict";
import { test } from "node:test";
import { describeProgress } from "../../assets/js/upload/progress.js";
import { MIB, NOW, begin, finished } from "./support/upload.mjs";

test("a failure waits, longer each time, asks, and goes on; progress resets it", () => {
  const upload = begin({ fileId: "a", source: finished(3 * MIB), sha256: "" });
  upload.tell({ type: "start" }).answered(null);
  upload.refused(503);
  assert.deepEqual(upload.effect(), { type: "wait", ms: 1000 });
  upload.tell({ type: "wake" }).refused(0);
  assert.deepEqual(upload.effect(), { type: "wait", ms: 2000 });
  assert.equal(upload.state().code, "NETWORK");
  upload.tell({ type: "wake" }).answered(null);
  const [chunk] = upload.sends();
  upload.tell({ type: "accepted", chunk });
  assert.equal(upload.state().attempts, 0);
  assert.equal(upload.state().code, null);
});

test("answers to what was asked before a failure are ignored", () => {
  const upload = begin({ fileId: "a", source: finished(3 * MIB), sha256: "" });
  upload.tell({ type: "start" }).answered(null);
  const { epoch } = upload.state();
  const [chunk] = upload.sends();
  upload.refused(500);
  upload.tell({ type: "accepted", epoch, chunk });
  assert.equal(upload.state().phase, "waiting");
  assert.equal(upload.state().layout?.ackBytes, 0);
});

test("a completion that takes its time is asked for again", () => {
  const upload = begin({ fileId: "a", source: finished(10), sha256: "ff" });
  upload.tell({ type: "start" }).answered(null).deliver();
  upload.tell({ type: "completing", retryAfterMs: 3000 });
  assert.deepEqual(upload.effect(), { type: "wait", ms: 3000 });
  assert.equal(upload.state().attempts, 0);
});

test("pausing stops it until a person goes on, sign-in too", () => {
  const upload = begin({ fileId: "a", source: finished(10), sha256: "ff" });
  upload.tell({ type: "start" }).answered(null);
  upload.tell({ type: "pause" });
  upload.tell({ type: "wake" }).tell({ type: "tick" });
  assert.equal(upload.state().phase, "paused");
  upload.tell({ type: "start" });
  assert.deepEqual(upload.wants(), ["ask"]);
  upload.refused(401);
  assert.equal(upload.state().phase, "paused");
  assert.equal(upload.state().code, "UNAUTHORIZED");
  upload.tell({ type: "start" }).tell({ type: "pause" });
  assert.equal(upload.state().phase, "paused");
  assert.equal(upload.state().code, null, "a person's pause has no other end");
});

test("a server that names its pause is left alone for as long", () => {
  const upload = begin({ fileId: "a", source: finished(3 * MIB), sha256: "" });
  upload.tell({ type: "start" }).answered(null);
  upload.refused(503, "STORE_BUSY", 90_000);
  assert.deepEqual(upload.effect(), { type: "wait", ms: 90_000 });
  upload.tell({ type: "reachable" });
  assert.equal(upload.state().phase, "waiting");
  upload.tell({ type: "wake" });
  assert.deepEqual(upload.wants(), ["ask"]);
  upload.refused(0);
  upload.tell({ type: "reachable" });
  assert.deepEqual(upload.wants(), ["ask"]);
});

test("what waits says why, and when it is tried again if the server says so", () => {
  const upload = begin({ fileId: "a", source: finished(3 * MIB), sha256: "" });
  const told = () => {
    const facts = { seconds: 1, limit: 0 };
    const { state, code, retryAt } = describeProgress(
      "a",
      upload.state(),
      facts,
    );
    return [state, code, retryAt];
  };
  upload.tell({ type: "start" }).answered(null);
  for (const [status, code, reason] of /** @type {const} */ ([
    [507, "STORAGE_FULL", "SERVER_FULL"],
    [423, "CHUNK_BUSY", "SERVER_LOCKED"],
    [429, null, "SERVER_LIMIT"],
    [429, "TOO_MANY_UPLOADS", "TOO_MANY_UPLOADS"],
    [503, "STORE_BUSY", "SERVER_BUSY"],
    [0, null, "NETWORK"],
  ])) {
    upload.refused(status, code);
    assert.deepEqual(told(), ["waiting", reason, null]);
    upload.tell({ type: "wake" }).refused(status, code, 90_000);
    assert.deepEqual(told(), ["waiting", reason, NOW + 90_000]);
    upload.tell({ type: "wake" });
    assert.equal(told()[2], null);
  }
});
