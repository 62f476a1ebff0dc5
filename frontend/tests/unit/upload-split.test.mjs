import assert from "node:assert/strict";
import { test } from "node:test";
import { describeProgress } from "../../assets/js/upload/progress.js";
import { createUploader } from "../../assets/js/upload/transitions.js";
import { begin, finished, running } from "./support/upload.mjs";

test("progress of a part is that of the recording", () => {
  const source = finished(1000);
  const state = createUploader({ fileId: "b", source, sha256: "" });
  const ahead = {
    bytes: 5000,
    seconds: 50,
    parts: 3,
    totalBytes: 9000,
    isLast: false,
  };
  const facts = { seconds: 10, limit: 0, ahead };
  const at = { ...state, lastAckBytes: 500 };
  const told = describeProgress("a", at, facts);
  assert.deepEqual(
    [told.ackBytes, told.totalBytes, told.serverSeconds, told.parts],
    [5500, 9000, 55, 3],
  );
  const done = /** @type {const} */ ({ ...at, phase: "done" });
  assert.equal(describeProgress("a", done, facts).state, "uploading");
  const last = { ...facts, ahead: { ...ahead, isLast: true } };
  assert.equal(describeProgress("a", done, last).state, "done");
});

test("what is larger than the server takes is split, a live take in time", () => {
  const upload = begin({ fileId: "a", source: finished(3000), sha256: "" });
  const answer = { type: "status", status: null, chunkSize: 500 };
  upload.tell({ type: "start" });
  upload.tell({ ...answer, recordingBytes: 2999 });
  assert.equal(upload.state().phase, "split");
  assert.deepEqual(upload.sends(), []);

  const live = begin({
    fileId: "a",
    source: running(4096, 9000),
    sha256: null,
  });
  live.tell({ type: "start" }).tell({ ...answer, recordingBytes: 20_000 });
  assert.equal(live.state().phase, "sending");
  live.tell({ type: "grown", source: running(4096, 9000, 19_950) });
  assert.equal(live.state().phase, "split");
});

test("a server that takes less than it said is asked again, once", () => {
  const upload = begin({ fileId: "a", source: finished(3000), sha256: "" });
  const answer = { type: "status", status: null, chunkSize: 500 };
  upload.tell({ type: "start" }).tell({ ...answer, recordingBytes: 0 });
  upload.refused(413, "FILE_TOO_LARGE");
  assert.deepEqual(upload.wants(), ["ask"]);
  upload.tell({ ...answer, recordingBytes: 0 });
  upload.refused(413, "FILE_TOO_LARGE");
  assert.equal(upload.state().phase, "failed");
  assert.equal(upload.state().code, "FILE_TOO_LARGE");
});
