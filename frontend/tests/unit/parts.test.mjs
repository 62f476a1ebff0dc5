import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../../assets/js/core/ebml.js";
import { packetsFor, preSkipOf } from "../../assets/js/core/opus.js";
import {
  copiesOf,
  isUploaded,
  nextPart,
  partName,
  splitPart,
  WHOLE,
} from "../../assets/js/core/parts.js";
import { momentsOf } from "../../assets/js/core/markers.js";
import { wavHeader, wavSamples } from "../../assets/js/core/wav.js";
import { openWavPart } from "../../assets/js/core/wav-part.js";
import { createWebmWriter } from "../../assets/js/core/webm.js";
import { openWebmPart } from "../../assets/js/core/webm-part.js";
import { factsOfRow, makeReceipt } from "../../assets/js/core/receipt.js";
import { fileIdsOf, mergeRows } from "../../assets/js/library/rows.js";
import { describePart } from "../../assets/js/upload/part-row.js";
import { describeProgress } from "../../assets/js/upload/progress.js";
import { createUploader } from "../../assets/js/upload/transitions.js";
import { decode, opusPackets, probe } from "./support/ffmpeg.mjs";
import { begin, finished, running } from "./support/upload.mjs";

const SECONDS = 23;

/** Of 32,768: what a decoder that has begun elsewhere may be off. */
const MOST_DIFFERENCE = 2;
const { codecPrivate, packets } = opusPackets(SECONDS + 1);
const preSkip = preSkipOf(codecPrivate);
const frames = SECONDS * 48_000 + 517;

/** A take as it is on the device. */
function makeWebm() {
  const writer = createWebmWriter({ codecPrivate, channels: 1 });
  const body = [];
  for (const packet of packets.slice(0, packetsFor(frames, preSkip))) {
    body.push(writer.add(packet) ?? new Uint8Array(0));
  }
  const { tail, header } = writer.finish(frames);
  return concat([header, ...body, tail]);
}

/** @param {Uint8Array} file */
const reader = (file) =>
  /** @type {import("../../assets/js/core/webm-part.js").Read} */
  (async (from, to) => file.slice(from, to));

/**
 * All parts of a file, none larger than that.
 *
 * @param {Uint8Array} file
 * @param {number} most
 * @param {typeof openWebmPart | typeof openWavPart} open
 */
async function cut(file, most, open) {
  const read = reader(file);
  const parts = [];
  /** @type {{from: number, before: number | null, to: number | null}} */
  let place = WHOLE;
  for (;;) {
    const whole = await open(read, place);
    assert.ok(whole);
    await whole.grow(file.length);
    whole.close();
    if (whole.size <= most) {
      parts.push(whole);
      break;
    }
    const end = whole.cutAt(most);
    assert.ok(end);
    const part = await open(read, place);
    await part?.grow(end.to);
    part?.close();
    parts.push(part ?? whole);
    place = { from: end.to, before: end.before, to: null };
  }
  return Promise.all(
    parts.map(async (part) => ({
      part,
      bytes: await part.read(0, part.size),
    })),
  );
}

test("parts of a take are WebM of their own, and together the take", async () => {
  const file = makeWebm();
  const most = 4096 + 60_000;
  const parts = await cut(file, most, openWebmPart);
  assert.ok(parts.length > 2);
  const whole = decode(file);
  let at = 0;
  for (const [place, { part, bytes }] of parts.entries()) {
    assert.ok(bytes.length <= most);
    assert.ok(Math.abs(probe(bytes).duration - part.length) < 1e-6);
    const heard = decode(bytes);
    assert.equal(heard.length, Math.round(part.length * 48_000));
    const differ = heard.findIndex(
      (value, i) => Math.abs(value - whole[at + i]) > MOST_DIFFERENCE,
    );
    assert.equal(differ, -1, `part ${place + 1}`);
    at += heard.length;
    assert.ok(Math.abs(part.seconds - at / 48_000) < 1e-9);
  }
  assert.equal(at, frames);
});

test("a part can be read anywhere, and while it grows", async () => {
  const file = makeWebm();
  const [, { bytes }] = await cut(file, 64_096, openWebmPart);
  const first = await openWebmPart(reader(file), WHOLE);
  await first?.grow(file.length);
  const end = first?.cutAt(64_096);
  assert.ok(end);
  const place = { from: end.to, before: end.before };
  const part = await openWebmPart(reader(file), place);
  assert.ok(part);
  assert.ok(part.isEmpty);
  const header = await part.read(0, 4096);
  assert.equal(header.length, 4096);
  let had = 4096;
  for (let to = end.to; to < file.length && part.size < bytes.length;) {
    to += 7919;
    await part.grow(Math.min(to, file.length));
    const size = Math.min(part.size, bytes.length - 500);
    assert.deepEqual(
      await part.read(had, Math.max(had, size)),
      bytes.slice(had, Math.max(had, size)),
    );
    had = Math.max(had, size);
  }
  assert.ok(had > 60_000);
});

test("parts of a lossless take are its frames, each with a header of its own", async () => {
  const sound = { rate: 44_100, channels: 1 };
  const samples = Float32Array.from({ length: 50_001 }, (_, i) =>
    Math.sin(i / 9),
  );
  const file = concat([
    wavHeader(sound, samples.length),
    wavSamples([samples]),
    new Uint8Array(1),
  ]);
  const parts = await cut(file, 40_001, openWavPart);
  assert.equal(parts.length, 5);
  /** @type {number[]} */
  const joined = [];
  for (const { bytes } of parts) {
    assert.ok(bytes.length <= 40_001);
    assert.equal(bytes.length % 2, 0);
    const size = new DataView(bytes.buffer).getUint32(4092, true);
    joined.push(...bytes.slice(4096, 4096 + size));
  }
  assert.deepEqual(joined, [...wavSamples([samples])]);
});

test("nothing of a file is cut that is none of ours", async () => {
  const foreign = reader(new Uint8Array(9000).fill(1));
  assert.equal(await openWebmPart(foreign, WHOLE), null);
  assert.equal(await openWavPart(foreign, WHOLE), null);
});

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
