import assert from "node:assert/strict";
import test from "node:test";
import { createImports, plainName } from "../../assets/js/library/imports.js";

/** @typedef {import("../../assets/js/core/types.js").RecordingRow} RecordingRow */

const GIB = 1024 ** 3;
const TAKEN = {
  mimeType: "audio/mpeg",
  durationMs: 1000,
  sizeBytes: 3,
  sha256: "ab",
  peaks: new Uint8Array(2000),
  isWhole: true,
};

/**
 * @param {object} [options]
 * @param {boolean} [options.isRecording]
 * @param {number} [options.free] bytes
 * @param {unknown} [options.destination]
 * @param {() => Promise<typeof TAKEN>} [options.takeIn]
 * @param {() => Promise<void>} [options.keep]
 */
function makeImports({
  isRecording = false,
  free = 10 * GIB,
  destination = "server",
  takeIn = async () => TAKEN,
  keep = async () => {},
} = {}) {
  /** @type {RecordingRow[]} */
  const rows = [];
  /** @type {RecordingRow[]} beside their audio */
  const notes = [];
  /** @type {string[]} */
  const log = [];
  const imports = createImports({
    database: {
      recordings: { put: async (row) => void rows.push(row) },
      preferences: { get: async () => destination },
      files: { note: async (row) => void notes.push(row) },
    },
    scratch: /** @type {any} */ ({
      begin: async () => log.push("begin"),
      keep: () => (log.push("keep"), keep()),
      remove: async () => log.push("remove"),
    }),
    device: {
      isRecording: async () => isRecording,
      estimate: async () => ({ quota: 20 * GIB, usage: 20 * GIB - free }),
    },
    takeIn: () => (log.push("take in"), takeIn()),
  });
  const file = new File(["abc"], "Song.mp3", { lastModified: 7 });
  const end = new AbortController();
  const run = { signal: end.signal, onProgress: () => {} };
  return { rows, notes, log, end, go: () => imports.run(file, run) };
}

test("a file becomes a recording of its own name and date", async () => {
  const { rows, notes, log, go } = makeImports();
  await go();
  const [row] = rows;
  assert.deepEqual(notes, rows, "it is found without the database, too");
  assert.equal(row.name, "Song");
  assert.equal(row.timestamp, 7);
  assert.equal(row.mimeType, "audio/mpeg");
  assert.equal(row.wanted, "later");
  assert.equal("isWhole" in row, false);
  assert.deepEqual(log, ["begin", "take in", "keep"]);
});

test("who keeps takes on this device only keeps files here, too", async () => {
  const { rows, go } = makeImports({ destination: "device" });
  await go();
  assert.equal(rows[0].wanted, "device");
});

test("without room, and while a take runs, nothing is begun", async () => {
  for (const [how, code] of /** @type {const} */ ([
    [{ free: GIB / 2 }, "STORAGE_FULL"],
    [{ isRecording: true }, "MEDIA_DURING_TAKE"],
  ])) {
    const { log, go } = makeImports(how);
    await assert.rejects(go, { code });
    assert.deepEqual(log, []);
  }
});

test("what failed or was called off leaves no row and no file", async () => {
  const failed = makeImports({ takeIn: () => Promise.reject(new Error("x")) });
  await assert.rejects(failed.go, /x/);
  const late = makeImports({ takeIn: async () => (late.end.abort(), TAKEN) });
  await assert.rejects(late.go, { name: "AbortError" });
  for (const { rows, log } of [failed, late]) {
    assert.deepEqual([rows, log.at(-1)], [[], "remove"]);
  }
});

test("a recording whose note stays is a recording, and is not removed", async () => {
  const keep = () => Promise.reject(new Error("lost"));
  const { rows, log, go } = makeImports({ keep });
  assert.equal(await go(), TAKEN);
  assert.equal(rows.length, 1);
  assert.deepEqual(log, ["begin", "take in", "keep"]);
});

test("a name loses its ending, and nothing else", () => {
  const cases = {
    "a.b.mp3": "a.b",
    ".flac": ".flac",
    "Dr. Meyer": "Dr. Meyer",
  };
  for (const [name, plain] of Object.entries(cases)) {
    assert.equal(plainName(name), plain);
  }
});
