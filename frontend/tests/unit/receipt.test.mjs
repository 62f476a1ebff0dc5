import assert from "node:assert/strict";
import { test } from "node:test";
import {
  factsOfCopy,
  factsOfRow,
  makeReceipt,
} from "../../assets/js/core/receipt.js";
import { findFacts } from "../../assets/js/library/facts.js";

const SHA = "ab".repeat(32);

/** @param {object} parts */
const row = (parts = {}) =>
  /** @type {import("../../assets/js/core/types.js").RecordingRow} */ ({
    id: "a",
    name: "Interview",
    timestamp: 1000,
    durationMs: 60_000,
    sizeBytes: 300,
    mimeType: "audio/webm",
    sha256: SHA,
    peaks: null,
    place: "device",
    state: "finished",
    uploaded: null,
    wanted: "server",
    gaps: 0,
    granted: null,
    ...parts,
  });

/** @param {object} parts */
const receiptOf = (parts) => makeReceipt(factsOfRow(row(parts)));

test("a take that nothing befell is all there", () => {
  const { seconds, heardSeconds, gaps, pauses, faults } = receiptOf({});
  assert.deepEqual([seconds, heardSeconds, gaps, pauses], [60, 60, 0, 0]);
  assert.deepEqual(faults, []);
});

test("what is missing is taken off, what befell it is counted", () => {
  const receipt = receiptOf({
    gaps: 2,
    segments: [{ rate: 44_100, channels: 1, frames: 0, at: 0 }],
    markers: [
      { kind: "gap", frame: 0, at: 0, frames: 44_100 },
      { kind: "gap", frame: 9, at: 0, frames: 9 ** 9, silent: 88_200 },
      { kind: "pause", frame: 1, at: 0 },
      { kind: "marker", frame: 1, at: 0, text: "good" },
      { kind: "fault", frame: 1, at: 0, code: "AUDIO_STALLED" },
      { kind: "fault", frame: 2, at: 0, code: "AUDIO_STALLED" },
      { kind: "fault", frame: 2, at: 0, code: "AUDIO_BACK" },
    ],
  });
  assert.equal(receipt.heardSeconds, 57);
  assert.deepEqual([receipt.gaps, receipt.pauses], [2, 1]);
  assert.deepEqual(receipt.faults, [{ code: "AUDIO_STALLED", count: 2 }]);
});

test("the copies are the same only if both digests say so", () => {
  const uploaded = { fileId: "b", at: 1, sizeBytes: 300, sha256: SHA };
  assert.equal(receiptOf({ uploaded }).copies, "same");
  const other = { ...uploaded, sha256: "cd".repeat(32) };
  assert.equal(receiptOf({ uploaded: other }).copies, "different");
  assert.equal(receiptOf({}).copies, "device");
  assert.equal(receiptOf({ sha256: null }).copies, "device");
});

test("of a recording elsewhere its metadata tell, whatever stands there", () => {
  const copy = {
    id: "a",
    name: "Interview",
    timestamp: 1000,
    duration: 60,
    size: 300,
    sha256: SHA,
  };
  const markers = [{ kind: "gap", frame: 0, at: 0, frames: 48_000 }];
  const told = factsOfCopy(
    /** @type {any} */ ({
      ...copy,
      metadata: { waveforge: { v: 1, gaps: 1, markers } },
    }),
  );
  const { copies, gaps, heardSeconds, sha256 } = makeReceipt(told);
  assert.deepEqual([copies, gaps, heardSeconds], ["server", 1, 59]);
  assert.equal(sha256, SHA);
  for (const waveforge of [1, { markers: 7, gaps: "x" }, { markers: [null] }]) {
    const facts = factsOfCopy(
      /** @type {any} */ ({ ...copy, metadata: { waveforge } }),
    );
    assert.equal(makeReceipt(facts).gaps, 0);
  }
});

test("the row here goes before the server's, and neither is a fault", async () => {
  const copy = /** @type {any} */ ({ id: "b", name: "There", sha256: SHA });
  const places = {
    device: {
      get: async (/** @type {string} */ id) => (id === "a" ? row() : undefined),
    },
    server: async () => [copy, { ...copy, id: "a" }],
  };
  assert.equal((await findFacts("a", places)).name, "Interview");
  assert.equal((await findFacts("b", places)).serverSha256, SHA);
  await assert.rejects(findFacts("c", places), { code: "NOT_FOUND" });
});

/** @param {number} second @param {string} code */
const fault = (second, code) => ({
  ...{ kind: "fault", frame: second * 48_000, at: second, code },
});

test("while the microphone is gone nothing is heard, and that is no fault", () => {
  const receipt = receiptOf({
    durationMs: 600_000,
    markers: [
      fault(10, "MICROPHONE_ENDED"),
      fault(13, "MICROPHONE_BACK"),
      fault(20, "MICROPHONE_MUTED"),
      fault(21, "MICROPHONE_SILENT"),
      fault(30, "MICROPHONE_OTHER"),
      fault(60, "MICROPHONE_ENDED"),
    ],
  });
  assert.equal(receipt.heardSeconds, 600 - 3 - 10 - 540);
  assert.equal(receipt.interruptions, 3);
  assert.equal(receipt.interruptedSeconds, 553);
  assert.deepEqual(receipt.faults, [{ code: "MICROPHONE_OTHER", count: 1 }]);
});

test("what is missing while the microphone is gone is missing once", () => {
  const gap = { kind: "gap", frame: 48_000 * 12, at: 0, frames: 48_000 * 4 };
  const { heardSeconds } = receiptOf({
    markers: [fault(10, "MICROPHONE_ENDED"), gap, fault(14, "MICROPHONE_BACK")],
  });
  assert.equal(heardSeconds, 60 - 6);
});
