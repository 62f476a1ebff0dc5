import assert from "node:assert/strict";
import { test } from "node:test";
import { kilobytesOf, limitOf } from "../../assets/js/core/upload-limit.js";
import { describeProgress } from "../../assets/js/upload/progress.js";
import { createLine } from "../../assets/js/upload/line.js";
import { uploadOne } from "../../assets/js/upload/upload-one.js";
import { begin, finished, HEADER, MIB, running } from "./support/upload.mjs";

const KIB = 1024;

test("what was stored as a limit is a whole number of kB/s, or none", () => {
  for (const [stored, kilobytes] of /** @type {const} */ ([
    [undefined, 0],
    ["", 0],
    ["64", 64],
    [1.9, 1],
    [-5, 0],
    ["fast", 0],
    [1e12, 1_000_000],
  ])) {
    assert.equal(kilobytesOf(stored), kilobytes);
  }
  assert.equal(limitOf("2"), 2048);
});

test("a take is told to be held back by a limit that is below what it makes", () => {
  // A cluster of 1000 bytes each second.
  const ends = Array.from({ length: 30 }, (_, second) => (second + 1) * 1000);
  const told = (/** @type {any} */ source, /** @type {number} */ limit) =>
    describeProgress("a", begin({ fileId: "a", source, sha256: "" }).state(), {
      seconds: 0,
      limit,
    }).code;
  assert.equal(told(running(...ends), 900), "UPLOAD_LIMIT");
  assert.equal(told(running(...ends), 1100), null, "the line is slow");
  assert.equal(told(running(...ends), 0), null, "there is no limit");
  assert.equal(
    told(running(...ends.slice(0, 10)), 900),
    null,
    "not yet behind",
  );
  assert.equal(told(finished(30_000), 900), null, "it runs no more");
});

/**
 * A take that is far behind, and a server that answers when it is told to.
 */
function fallBehind() {
  const line = createLine({
    now: () => 0,
    locks: { request: async (/** @type {any[]} */ ...all) => all[2]() },
  });
  /** @type {number[]} */
  const sizes = [];
  /** @type {() => void} */
  let answer = () => undefined;
  const parts = {
    line,
    bytes: { read: async () => new ArrayBuffer(0) },
    server: {
      upload: async () => ({ chunk_size: null, ...begun }),
      config: async () => ({ chunk_size: MIB, max_chunk_size: 4 * MIB }),
    },
    wishes: { chunkSize: async () => null },
    transport: {
      send: (/** @type {any} */ { chunk }) => {
        sizes.push(chunk.to - chunk.from);
        return new Promise((resolve) => (answer = () => resolve(null)));
      },
    },
  };
  const begun = { prefix_chunks: 1, prefix_bytes: HEADER, received_bytes: 1 };
  const ends = Array.from({ length: 5 * 64 }, (_, k) => HEADER + k * 16 * KIB);
  const surroundings = {
    parts,
    store: {
      find: async () => ({ wanted: "server", uploaded: null, durationMs: 0 }),
      begin: async () => ({ state: "uploading", fileId: "f", ackBytes: 0 }),
      save: async () => undefined,
    },
    link: {
      take: () => ({ source: running(...ends), sha256: null }),
      forget: () => undefined,
    },
    report: () => undefined,
    tickMs: 2000,
  };
  const errand = { id: "a", signal: new AbortController().signal };
  const onDriver = () => undefined;
  void uploadOne(
    /** @type {any} */ (surroundings),
    /** @type {any} */ ({ ...errand, onDriver }),
  );
  return { line, sizes, answer: () => answer() };
}

test("a take's chunks are as large as the limit of the moment allows", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const { line, sizes, answer } = fallBehind();
  await settled();
  for (const rate of [64 * KIB, 1, 0]) {
    line.setLimit(rate);
    t.mock.timers.tick(2000);
    answer();
    await settled();
    // What was sent is paid for before more is.
    t.mock.timers.tick(2000 * KIB);
    await settled();
  }
  assert.deepEqual(sizes, [MIB, 128 * KIB, 64 * KIB, MIB]);
});

test("a recording that is begun under a limit has chunks to fit it", () => {
  const upload = begin({ fileId: "a", source: finished(MIB), sha256: "" });
  upload.tell({ type: "limit", longestBytes: 64 * KIB });
  upload.tell({ type: "start" }).answered(null);
  assert.equal(upload.sends()[0].chunkSize, 64 * KIB);
});
