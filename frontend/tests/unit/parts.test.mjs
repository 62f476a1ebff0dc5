import assert from "node:assert/strict";
import { test } from "node:test";
import { momentsOf } from "../../assets/js/core/markers.js";
import {
  copiesOf,
  isUploaded,
  nextPart,
  partName,
  splitPart,
} from "../../assets/js/core/parts.js";
import { factsOfRow, makeReceipt } from "../../assets/js/core/receipt.js";
import { fileIdsOf, mergeRows } from "../../assets/js/library/rows.js";
import { describePart } from "../../assets/js/upload/part-row.js";

test("a recording is on the server once all of its parts are", () => {
  const copy = { fileId: "a", at: 1, sha256: "", sizeBytes: 1 };
  const parts = splitPart({}, 0, { to: 9000, before: 8000, seconds: 1 });
  assert.deepEqual(
    parts.map(({ from, before, to }) => [from, before, to]),
    [
      [4096, null, 9000],
      [9000, 8000, null],
    ],
  );
  assert.equal(nextPart({ parts }), 0);
  parts[0].uploaded = copy;
  assert.equal(nextPart({ parts }), 1);
  assert.equal(isUploaded({ parts, uploaded: null }), false);
  assert.equal(
    splitPart({ parts }, 1, { to: 12_000, before: 11_000, seconds: 2 }).length,
    3,
  );
  parts[1].uploaded = { ...copy, fileId: "b" };
  assert.equal(nextPart({ parts }), -1);
  assert.equal(isUploaded({ parts, uploaded: null }), true);
  assert.equal(isUploaded({ uploaded: null }), false);
  assert.deepEqual(
    copiesOf({ parts, uploaded: null }).map(({ fileId }) => fileId),
    ["a", "b"],
  );
  assert.deepEqual(copiesOf({ uploaded: copy }), [copy]);
  assert.equal(partName("Lecture", 0), "Lecture");
  assert.equal(partName("Lecture", 1), "Lecture (Part 2)");
});

test("a part tells what is its own of the recording", () => {
  const peaks = Uint8Array.from({ length: 2000 }, (_, i) => (i >> 1) >> 2);
  const recording = /** @type {any} */ ({
    name: "Lecture",
    timestamp: 1000,
    durationMs: 100_000,
    peaks,
    segments: [
      { rate: 1000, frames: 70_000 },
      { rate: 1000, frames: 30_000 },
    ],
    markers: [
      { frame: 10_000, kind: "marker" },
      { frame: 60_000, kind: "gap" },
      { frame: 90_000, kind: "marker" },
    ],
  });
  const part = { place: 1, from: 50, length: 25 };
  const row = describePart(recording, part);
  assert.equal(row.name, "Lecture (Part 2)");
  assert.deepEqual(
    [row.timestamp, row.durationMs, row.gaps],
    [51_000, 25_000, 1],
  );
  assert.deepEqual(row.markers, [{ frame: 10_000, kind: "gap" }]);
  assert.deepEqual(row.segments, [{ rate: 1000, frames: 25_000 }]);
  assert.deepEqual(
    momentsOf(row).map(({ seconds }) => seconds),
    [10],
  );
  assert.deepEqual(
    [row.peaks?.[0], row.peaks?.[1], row.peaks?.at(-1)],
    [125, 125, 187],
  );
});

test("a part that begins without a microphone tells so", () => {
  const recording = /** @type {any} */ ({
    name: "Lecture",
    timestamp: 0,
    durationMs: 100_000,
    segments: [{ rate: 1000, frames: 100_000 }],
    markers: [
      { frame: 5000, kind: "fault", code: "MICROPHONE_MUTED" },
      { frame: 6000, kind: "fault", code: "MICROPHONE_BACK" },
      { frame: 40_000, kind: "fault", code: "MICROPHONE_ENDED" },
      { frame: 45_000, kind: "fault", code: "MICROPHONE_SILENT" },
      { frame: 60_000, kind: "fault", code: "MICROPHONE_OTHER" },
    ],
  });
  const part = (/** @type {number} */ from, length = 25) =>
    describePart(recording, { place: 1, from, length });
  assert.deepEqual(part(50).markers, [
    { frame: 0, kind: "fault", code: "MICROPHONE_ENDED" },
    { frame: 10_000, kind: "fault", code: "MICROPHONE_OTHER" },
  ]);
  const heard = (/** @type {any} */ row) =>
    makeReceipt(factsOfRow({ ...row, sha256: null, uploaded: null }))
      .heardSeconds;
  assert.deepEqual([part(50), part(50, 8)].map(heard), [15, 0]);
  assert.deepEqual([part(60), part(75)].map(heard), [25, 25]);
  const { markers } = recording;
  markers.pop();
  assert.equal(heard(part(75)), 0, "it never came back");
});

test("a recording in parts is one row, on the server once all of it is", () => {
  const copy = { at: 1, sha256: "", sizeBytes: 1 };
  const place = { from: 0, before: null, to: 1, seconds: 0 };
  const part = (/** @type {string} */ fileId) => ({
    ...place,
    uploaded: { ...copy, fileId },
  });
  const recording = /** @type {any} */ ({
    id: "a",
    name: "Lecture",
    state: "finished",
    wanted: "server",
    uploaded: null,
    timestamp: 1,
    parts: [part("a"), part("b")],
  });
  const server = /** @type {any[]} */ ([
    { id: "a", name: "Lecture", timestamp: 1 },
    { id: "b", name: "Lecture (Part 2)", timestamp: 2 },
  ]);
  const merge = (/** @type {any} */ row, list = server) =>
    mergeRows({
      recordings: [row],
      server: list,
      serverAsOf: 5,
      uploads: new Map(),
      outbox: [],
    });
  const [whole, ...others] = merge(recording);
  assert.deepEqual(others, []);
  assert.equal(whole.onServer, true);
  assert.deepEqual(fileIdsOf(whole), ["a", "b"]);
  const parts = [part("a"), { ...place, uploaded: null }];
  const [half] = merge({ ...recording, parts }, server.slice(0, 1));
  assert.deepEqual([half.onServer, half.upload?.state], [false, "queued"]);
  const [cut] = merge(recording, server.slice(1));
  assert.deepEqual([cut.id, cut.onServer], ["a", false]);

  const facts = factsOfRow({ ...recording, sha256: "f".repeat(64) });
  const { copies, parts: count } = makeReceipt(facts);
  assert.deepEqual([copies, count], ["parts", 2]);
});
