import assert from "node:assert/strict";
import { test } from "node:test";
import { createUploader } from "../../assets/js/upload/transitions.js";
import { step } from "../../assets/js/upload/uploader.js";

/** @typedef {import("../../assets/js/upload/transitions.js").Effect} Effect */
/** @typedef {import("../../assets/js/upload/transitions.js").UploaderEvent} UploaderEvent */
/** @typedef {import("../../assets/js/upload/chunks.js").Chunk} Chunk */
/** @typedef {import("../../assets/js/upload/layout.js").UploadStatus} UploadStatus */

const MIB = 1024 * 1024;
const HEADER = 4096;

/** @param {number} availableBytes */
const finished = (availableBytes) => ({
  availableBytes,
  isFinished: true,
  headerBytes: HEADER,
  borders: [],
});

/** @param {number[]} ends of clusters */
const running = (...ends) => ({
  availableBytes: ends.at(-1) ?? 0,
  isFinished: false,
  headerBytes: HEADER,
  borders: ends.map((to, index) => ({ to, seconds: index + 1 })),
});

/** @param {Partial<UploadStatus>} parts @returns {UploadStatus} */
const status = (parts) => ({
  total_chunks: null,
  chunk_size: null,
  received_bytes: parts.prefix_bytes ?? 0,
  prefix_chunks: 0,
  prefix_bytes: 0,
  provisional: false,
  missing: [],
  ...parts,
});

/**
 * An upload that tells what it wants done.
 *
 * @param {Parameters<typeof createUploader>[0]} options
 */
function begin(options) {
  let state = createUploader(options);
  /** @type {Effect[]} */
  let effects = [];

  /** @param {any} event without its epoch, if it has one */
  function tell(event) {
    const { epoch } = state;
    ({ state, effects } = step(state, { epoch, ...event }));
    return upload;
  }
  const upload = {
    tell,
    state: () => state,
    wants: () => effects.map(({ type }) => type).filter((t) => t !== "abort"),
    effect: () => effects.filter(({ type }) => type !== "abort")[0],
    /** @returns {Chunk[]} */
    sends: () =>
      effects.flatMap((one) => (one.type === "send" ? [one.chunk] : [])),
    /** Accepts everything that is sent, until nothing more is. */
    deliver() {
      /** @type {Chunk[]} */
      const sent = [];
      for (let queue = this.sends(); queue.length > 0;) {
        const chunk = /** @type {Chunk} */ (queue.shift());
        sent.push(chunk);
        tell({ type: "accepted", chunk });
        queue.push(...this.sends());
      }
      return sent;
    },
    /** @param {UploadStatus | null} answer */
    answered: (answer) =>
      tell({ type: "status", status: answer, chunkSize: MIB }),
    /** @param {number} code @param {string | null} [name] */
    refused: (code, name = null) =>
      tell({
        type: "refused",
        failure: { status: code, code: name, retryAfterMs: null },
        random: 1,
      }),
  };
  return upload;
}

/** @param {Chunk[]} chunks */
const ranges = (chunks) => chunks.map(({ from, to }) => [from, to]);

test("a finished recording goes in chunks of one size and is then completed", () => {
  const source = finished(2 * MIB + 5);
  const upload = begin({ fileId: "a", source, sha256: "ff" });
  assert.deepEqual(upload.tell({ type: "start" }).wants(), ["ask"]);
  upload.answered(null);
  assert.equal(upload.sends().length, 2);
  const sent = upload.deliver();
  assert.deepEqual(
    ranges(sent).sort((a, b) => a[0] - b[0]),
    [
      [0, MIB],
      [MIB, 2 * MIB],
      [2 * MIB, 2 * MIB + 5],
    ],
  );
  assert.ok(
    sent.every(({ total, chunkSize }) => total === 3 && chunkSize === MIB),
  );
  assert.deepEqual(upload.effect(), { type: "complete", totalChunks: 3 });
});

test("it is uploaded only when the server's size and digest are ours", () => {
  const source = finished(10);
  for (const [copy, phase] of /** @type {const} */ ([
    [{ size: 10, sha256: "ff" }, "done"],
    [{ size: 11, sha256: "ff" }, "asking"],
    [{ size: 10, sha256: "ee" }, "asking"],
    [{ size: 10, sha256: null }, "failed"],
  ])) {
    const upload = begin({ fileId: "a", source, sha256: "ff" });
    upload.tell({ type: "start" }).answered(null).deliver();
    upload.tell({ type: "published", copy });
    assert.equal(upload.state().phase, phase);
    assert.equal(upload.wants().includes("publish"), phase === "done");
  }
});

test("a running take sends its header first, then whole clusters, one at a time", () => {
  const source = running(HEADER, 9000);
  const upload = begin({ fileId: "a", source, sha256: null });
  upload.tell({ type: "start" }).answered(null);
  const [header] = upload.sends();
  assert.deepEqual(
    [header.index, header.from, header.to, header.provisional, header.total],
    [0, 0, HEADER, true, null],
  );
  upload.tell({ type: "tick" });
  assert.deepEqual(upload.sends(), []);
  upload.tell({ type: "accepted", chunk: header });
  assert.deepEqual(ranges(upload.sends()), [[HEADER, 9000]]);
  assert.equal(upload.sends()[0].index, 1);
});

test("a running take sends again when its time has come, not at each cluster", () => {
  const upload = begin({ fileId: "a", source: running(9000), sha256: null });
  upload.tell({ type: "start" }).answered(null).deliver();
  upload.tell({ type: "grown", source: running(9000, 10_000) });
  assert.deepEqual(upload.sends(), []);
  upload.tell({ type: "tick" });
  assert.deepEqual(ranges(upload.sends()), [[9000, 10_000]]);
});

test("a take that is behind sends clusters up to the server's chunk size", () => {
  const ends = [MIB / 2, MIB - 7, MIB + MIB / 2, 2 * MIB];
  const upload = begin({ fileId: "a", source: running(...ends), sha256: null });
  upload.tell({ type: "start" }).answered(null);
  const sent = upload.deliver();
  assert.deepEqual(ranges(sent), [
    [0, HEADER],
    [HEADER, MIB - 7],
    [MIB - 7, MIB + MIB / 2],
  ]);
  upload.tell({ type: "tick" });
  assert.deepEqual(ranges(upload.sends()), [[MIB + MIB / 2, 2 * MIB]]);
});

test("at Stop the rest follows with the total, then the sealed header", () => {
  const upload = begin({ fileId: "a", source: running(9000), sha256: null });
  upload.tell({ type: "start" }).answered(null).deliver();
  upload.tell({ type: "finished", source: finished(9500), sha256: "ff" });
  const sent = upload.deliver();
  assert.deepEqual(
    sent.map(({ index, to, total, provisional }) => [
      index,
      to,
      total,
      provisional,
    ]),
    [
      [2, 9500, 3, false],
      [0, HEADER, 3, false],
    ],
  );
  assert.deepEqual(upload.effect(), { type: "complete", totalChunks: 3 });
});

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
});
