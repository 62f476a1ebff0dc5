import assert from "node:assert/strict";
import { test } from "node:test";
import {
  HEADER,
  MIB,
  begin,
  finished,
  ranges,
  running,
  status,
} from "./support/upload.mjs";

test("after an interruption a take goes on where the server's prefix ends", () => {
  const source = finished(20_000);
  const upload = begin({ fileId: "a", source, sha256: "ff" });
  upload.tell({ type: "start" });
  upload.answered(
    status({ prefix_chunks: 4, prefix_bytes: 12_345, provisional: true }),
  );
  const sent = upload.deliver();
  assert.deepEqual(
    sent.map(({ index, from, to }) => [index, from, to]),
    [
      [4, 12_345, 20_000],
      [0, 0, HEADER],
    ],
  );
});

test("a finished recording sends only what the server is missing", () => {
  const upload = begin({ fileId: "a", source: finished(4 * MIB), sha256: "" });
  upload.tell({ type: "start" });
  upload.answered(
    status({
      total_chunks: 4,
      chunk_size: MIB,
      received_bytes: 2 * MIB,
      prefix_chunks: 1,
      prefix_bytes: MIB,
      missing: [
        [1, 1],
        [3, 3],
      ],
    }),
  );
  assert.equal(upload.state().layout?.ackBytes, 2 * MIB);
  assert.deepEqual(
    upload.deliver().map(({ index }) => index),
    [1, 3],
  );
});

test("where the server has other bytes than ours, another upload is begun", () => {
  for (const answer of [
    status({ prefix_chunks: 9, prefix_bytes: 99_999 }),
    status({ total_chunks: 3, prefix_chunks: 3, prefix_bytes: 9000 }),
    status({ total_chunks: 7, chunk_size: MIB }),
  ]) {
    const upload = begin({ fileId: "a", source: finished(9500), sha256: "" });
    upload.tell({ type: "start" }).answered(answer);
    assert.deepEqual(upload.wants(), ["rename"]);
    upload.tell({ type: "renamed", fileId: "b" });
    assert.equal(upload.state().fileId, "b");
    assert.deepEqual(upload.wants(), ["ask"]);
  }
});

test("a conflict is looked into twice, then another upload is begun", () => {
  const upload = begin({ fileId: "a", source: finished(10), sha256: "ff" });
  upload.tell({ type: "start" });
  for (let i = 0; i < 2; i += 1) {
    upload.answered(null).refused(409, "CHUNK_CONFLICT");
    assert.equal(upload.state().phase, "waiting");
    upload.tell({ type: "wake" });
  }
  upload.answered(null).refused(409, "CHUNK_CONFLICT");
  assert.deepEqual(upload.wants(), ["rename"]);
});

test("a take whose id was rescued or deleted goes on under another from byte 0", () => {
  for (const refuse of [
    (/** @type {ReturnType<typeof begin>} */ upload) =>
      upload
        .refused(409, "ALREADY_COMPLETE")
        .tell({ type: "wake" })
        .tell({ type: "published", copy: { size: 9000, sha256: "ee" } }),
    (/** @type {ReturnType<typeof begin>} */ upload) =>
      upload.refused(410, "DELETED"),
  ]) {
    const upload = begin({ fileId: "a", source: running(9000), sha256: null });
    upload.tell({ type: "start" }).answered(null).deliver();
    upload.tell({ type: "grown", source: running(9000, 9900) });
    upload.tell({ type: "tick" });
    refuse(upload);
    assert.deepEqual(upload.wants(), ["rename"]);
    upload.tell({ type: "renamed", fileId: "b" }).answered(null);
    const [header] = upload.sends();
    assert.deepEqual([header.index, header.provisional], [0, true]);
    assert.deepEqual(ranges(upload.deliver()), [
      [0, HEADER],
      [HEADER, 9900],
    ]);
  }
});

test("a server that never agrees makes it fail at last", () => {
  const upload = begin({ fileId: "a", source: finished(10), sha256: "ff" });
  upload.tell({ type: "start" });
  for (let i = 0; i < 3; i += 1) {
    upload.tell({ type: "published", copy: { size: 9, sha256: "ee" } });
    assert.deepEqual(upload.wants(), ["rename"]);
    upload.tell({ type: "renamed", fileId: `b${i}` });
  }
  upload.tell({ type: "published", copy: { size: 9, sha256: "ee" } });
  assert.equal(upload.state().phase, "failed");
  assert.equal(upload.state().code, "UPLOAD_CONFLICT");
});

test("the whole's digest that differs is no passing fault", () => {
  const upload = begin({ fileId: "a", source: finished(10), sha256: "ff" });
  upload.tell({ type: "start" }).answered(null).deliver();
  upload.refused(422, "DIGEST_MISMATCH");
  assert.deepEqual(upload.wants(), ["rename"]);
});
