import assert from "node:assert/strict";
import { test } from "node:test";
import { isOvertaken } from "../../assets/js/library/outbox.js";
import { mergeRows } from "../../assets/js/library/rows.js";

/** @typedef {import("../../assets/js/core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../../assets/js/core/types.js").ServerRecording} ServerRecording */

/** @param {Partial<RecordingRow>} parts @returns {RecordingRow} */
const here = (parts) => ({
  id: "a",
  name: "Interview",
  timestamp: 1000,
  durationMs: 2000,
  sizeBytes: 300,
  mimeType: "audio/webm",
  sha256: "ff",
  peaks: null,
  place: "device",
  state: "finished",
  uploaded: null,
  wanted: "server",
  gaps: 0,
  granted: null,
  ...parts,
});

/** @param {Partial<ServerRecording>} parts @returns {ServerRecording} */
const there = (parts) => ({
  id: "a",
  filename: "recording_19700101_000001_a.webm",
  name: "Interview",
  timestamp: 1000,
  size: 300,
  duration: 2,
  mime_type: "audio/webm",
  codec: "opus",
  channels: 1,
  sample_rate: 48_000,
  sha256: "ff",
  stored: 5000,
  metadata: {},
  ...parts,
});

/** @param {Partial<Parameters<typeof mergeRows>[0]>} holdings */
const merge = (holdings) =>
  mergeRows({
    recordings: [],
    server: [],
    serverAsOf: 0,
    uploads: new Map(),
    outbox: [],
    ...holdings,
  });

const uploaded = { fileId: "b", at: 5000, sha256: "ff", sizeBytes: 300 };

test("a recording that is here and on the server is one row", () => {
  const rows = merge({
    recordings: [here({ uploaded })],
    server: [there({ id: "b" })],
  });
  assert.equal(rows.length, 1);
  const [{ id, fileId, onDevice, onServer, upload }] = rows;
  assert.deepEqual(
    { id, fileId, onDevice, onServer, upload },
    { id: "a", fileId: "b", onDevice: true, onServer: true, upload: null },
  );
});

test("rows come newest first, from here and from there", () => {
  const rows = merge({
    recordings: [here({ id: "a", timestamp: 2 })],
    server: [
      there({ id: "b", timestamp: 3 }),
      there({ id: "c", timestamp: 1 }),
    ],
  });
  assert.deepEqual(
    rows.map(({ id, onDevice, onServer }) => [id, onDevice, onServer]),
    [
      ["b", false, true],
      ["a", true, false],
      ["c", false, true],
    ],
  );
});

test("a copy that a newer list of the server lacks is gone from there", () => {
  const recordings = [here({ uploaded })];
  assert.equal(merge({ recordings, serverAsOf: 4999 })[0].onServer, true);
  assert.equal(merge({ recordings, serverAsOf: 5001 })[0].onServer, false);
});

test("an upload tells how far it is; what waits its turn is queued", () => {
  const recordings = [here({})];
  const queued = { state: "queued", fraction: 0, code: null };
  assert.deepEqual(merge({ recordings })[0].upload, queued);
  const news = {
    state: /** @type {const} */ ("waiting"),
    ackBytes: 75,
    totalBytes: 300,
    code: "NETWORK",
    retryAt: 7,
  };
  const [row] = merge({ recordings, uploads: new Map([["a", news]]) });
  assert.deepEqual(row.upload, {
    state: "waiting",
    fraction: 0.25,
    code: "NETWORK",
    retryAt: 7,
  });
  const kept = [here({ wanted: "device" })];
  assert.equal(merge({ recordings: kept })[0].upload, null);
});

test("what the server has yet to hear of shows at once", () => {
  const server = [there({ id: "b" }), there({ id: "c" })];
  const rows = merge({
    server,
    outbox: [
      { kind: "rename", fileId: "b", name: "Meyer", at: 1 },
      { kind: "delete", fileId: "c", at: 2 },
    ],
  });
  assert.deepEqual(
    rows.map(({ id, name }) => [id, name]),
    [["b", "Meyer"]],
  );
});

test("a deletion hides the verified copy of a row here, too", () => {
  const [row] = merge({
    recordings: [here({ uploaded })],
    outbox: [{ kind: "delete", fileId: "b", at: 1 }],
  });
  assert.equal(row.onServer, false);
});

test("the outline of a recording elsewhere comes from its metadata", () => {
  const peaks = Buffer.from([1, 255, 3]).toString("base64");
  const metadata = { waveforge: { v: 1, peaks } };
  assert.deepEqual(
    merge({ server: [there({ metadata })] })[0].peaks,
    Uint8Array.of(1, 255, 3),
  );
  for (const broken of [{}, { waveforge: 1 }, { waveforge: { peaks: "%" } }]) {
    assert.equal(
      merge({ server: [there({ metadata: broken })] })[0].peaks,
      null,
    );
  }
});

test("the newest name wins, a deletion wins over names", () => {
  const rename = /** @type {const} */ ({ kind: "rename", fileId: "a", at: 1 });
  const remove = /** @type {const} */ ({ kind: "delete", fileId: "a", at: 2 });
  assert.equal(isOvertaken(rename, [rename]), true);
  assert.equal(isOvertaken(rename, [remove]), true);
  assert.equal(isOvertaken(rename, [{ ...rename, fileId: "b" }]), false);
  assert.equal(isOvertaken(remove, [rename]), false);
});

test("takes that were cut off elsewhere are rows, those of this device are not", () => {
  const upload = (/** @type {string} */ id) => ({
    file_id: id,
    file_name: id === "x" ? "Meyer" : null,
    chunk_size: null,
    prefix_chunks: 3,
    prefix_bytes: 9000,
    created: 7000,
    updated: 8000,
  });
  const news = { state: "uploading", fileId: "c", ackBytes: 0 };
  const rows = merge({
    recordings: [here({ id: "a" }), here({ id: "b", uploaded })],
    server: [there({ id: "d" })],
    uploads: new Map([["b", /** @type {any} */ (news)]]),
    outbox: [{ kind: "delete", fileId: "e", at: 1 }],
    cut: ["x", "y", "a", "b", "c", "d", "e"].map(upload),
  }).filter(({ state }) => state === "interrupted");
  assert.deepEqual(
    rows.map(({ id, name, onDevice, onServer, sizeBytes }) => [
      ...[id, name, onDevice, onServer, sizeBytes],
    ]),
    [
      ["x", "Meyer", false, true, 9000],
      ["y", "y", false, true, 9000],
    ],
  );
});
