import assert from "node:assert/strict";
import { test } from "node:test";
import {
  HEADER,
  MIB,
  begin,
  finished,
  ranges,
  running,
} from "./support/upload.mjs";

test("a finished recording goes in chunks of one size and is then completed", () => {
  const source = finished(2 * MIB + 5);
  const upload = begin({ fileId: "a", source, sha256: "ff" });
  assert.deepEqual(upload.tell({ type: "start" }).wants(), ["ask"]);
  upload.answered(null);
  assert.equal(upload.sends().length, 3);
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
