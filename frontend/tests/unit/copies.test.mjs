import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { createCopies, MOST_BYTES } from "../../assets/js/library/copies.js";
import { RESERVE_BYTES } from "../../assets/js/library/room.js";
import { createTurns } from "./support/copy-peers.mjs";

/** @typedef {import("../../assets/js/core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../../assets/js/core/types.js").ServerRecording} ServerRecording */

const BYTES = [1, 2, 3].map((value) => new Uint8Array(1000).fill(value));
const SHA256 = createHash("sha256").update(Buffer.concat(BYTES)).digest("hex");

/** @type {ServerRecording} */
const LECTURE = {
  id: "a",
  filename: "a.webm",
  name: "Lecture",
  timestamp: 5,
  size: 3000,
  duration: 1.5,
  mime_type: "audio/webm",
  codec: "opus",
  channels: 1,
  sample_rate: 48_000,
  sha256: SHA256,
  stored: 6,
  metadata: { waveforge: { v: 1, gaps: 2, peaks: "AQI=" } },
};

/** What pages of a device share: files, and turns at a copy. */
function createShared() {
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  /** @type {Set<string>} */
  const trash = new Set();
  return { files, trash, createPeers: createTurns() };
}

/**
 * A device, and a server that sends these pieces.
 *
 * @param {Uint8Array<ArrayBuffer>[]} pieces
 * @param {Partial<RecordingRow>[]} before what is here
 * @param {() => void} onClose of a file
 */
function setUp(
  pieces,
  before = [],
  onClose = () => undefined,
  shared = createShared(),
) {
  const rows = /** @type {RecordingRow[]} */ (before);
  const { files } = shared;
  /** @type {RecordingRow[]} beside their audio */
  const notes = [];
  /** @type {(number | null)[]} */
  const seen = [];
  const storage = {
    quota: 2 ** 40,
    usage: 0,
    isRecording: false,
    isPutFull: false,
    isCreateLost: false,
  };
  const copies = createCopies({
    recordings: {
      list: async () => rows,
      get: async (id) => rows.find((row) => row.id === id),
      async put(row) {
        if (storage.isPutFull) {
          throw new DOMException("", "QuotaExceededError");
        }
        rows.push(row);
      },
    },
    owners: {
      has: async (id) =>
        shared.trash.has(id) || rows.some((row) => row.id === id),
    },
    async read() {
      return (async function* () {
        yield* pieces;
      })();
    },
    files: {
      note: async (row) => void notes.push(row),
      async create(id) {
        if (storage.isCreateLost) {
          files.set(id, new Uint8Array());
          throw new StudioError("STORAGE_ERROR");
        }
        /** @type {Uint8Array[]} */
        const written = [];
        return {
          write: async (part) => void written.push(part),
          async close() {
            files.set(id, Buffer.concat(written));
            onClose();
          },
          abort: async () => undefined,
        };
      },
      removeAll: async (id) => void files.delete(id),
    },
    device: {
      estimate: async () => storage,
      isRecording: async () => storage.isRecording,
    },
    peers: shared.createPeers(),
    onChange: () => seen.push(copies.fraction("a")),
    signal: new AbortController().signal,
  });
  return { copies, rows, notes, files, seen, storage };
}

test("a copy that is the server's becomes a recording of this device", async () => {
  const { copies, rows, notes, files, seen } = setUp(BYTES);
  await copies.keep(LECTURE);
  assert.deepEqual(files.get("a"), Buffer.concat(BYTES));
  assert.deepEqual(notes, rows, "it is found without the database, too");
  const [{ uploaded, ...row }] = rows;
  assert.deepEqual(
    [row.id, row.name, row.durationMs, row.sizeBytes, row.sha256, row.gaps],
    ["a", "Lecture", 1500, 3000, SHA256, 2],
  );
  assert.deepEqual([row.state, row.isCopy], ["finished", true]);
  assert.deepEqual(row.peaks, Uint8Array.of(1, 2));
  assert.deepEqual(
    [uploaded?.fileId, uploaded?.sha256, uploaded?.sizeBytes],
    ["a", SHA256, 3000],
  );
  assert.deepEqual(seen, [0, 1 / 3, 2 / 3, 1, null]);
});

test("what is not the server's is not kept", async () => {
  for (const pieces of [BYTES.slice(1), [...BYTES].reverse(), []]) {
    const { copies, rows, files } = setUp(pieces);
    await assert.rejects(copies.keep(LECTURE), { code: "DIGEST_MISMATCH" });
    assert.deepEqual([rows.length, files.size], [0, 0]);
    assert.equal(copies.fraction("a"), null);
  }
});

test("what has no digest cannot be verified, and is not kept", async () => {
  const { copies } = setUp(BYTES);
  const plain = { ...LECTURE, sha256: null };
  await assert.rejects(copies.keep(plain), { code: "NOT_VERIFIABLE" });
});

test("copies together stay within what they may take; takes do not count", async () => {
  const sizeBytes = MOST_BYTES - 2999;
  const { copies, rows } = setUp(BYTES, [{ sizeBytes, isCopy: true }]);
  await assert.rejects(copies.keep(LECTURE), { code: "COPIES_FULL" });
  assert.equal(rows.length, 1);
  const takes = setUp(BYTES, [{ sizeBytes }]);
  await takes.copies.keep(LECTURE);
  assert.equal(takes.rows.length, 2);
});

test("a copy that is given up leaves nothing, and says nothing", async () => {
  const { copies, rows, files, seen } = setUp(BYTES);
  const kept = copies.keep(LECTURE);
  copies.stop("a");
  await kept;
  assert.deepEqual([rows.length, files.size], [0, 0]);
  assert.equal(seen.at(-1), null);
});

test("given up while its file is closed, it leaves nothing either", async () => {
  /** @type {Promise<void> | undefined} */
  let stopped;
  const set = setUp(BYTES, [], () => {
    stopped = set.copies.stop("a");
  });
  const kept = set.copies.keep(LECTURE);
  await kept;
  await stopped;
  assert.ok(stopped);
  assert.deepEqual([set.rows.length, set.files.size], [0, 0]);
});

test("it is given up only when nothing is written any more", async () => {
  const { copies, files } = setUp(BYTES);
  void copies.keep(LECTURE);
  await copies.stop("a");
  assert.equal(copies.fraction("a"), null);
  assert.equal(files.size, 0);
  await copies.stop("a");
});

test("a copy leaves room for takes", async () => {
  const { copies, rows, storage } = setUp(BYTES);
  storage.usage = storage.quota - RESERVE_BYTES - 3000;
  await assert.rejects(copies.keep(LECTURE), { code: "STORAGE_FULL" });
  storage.usage -= 1;
  await copies.keep(LECTURE);
  assert.equal(rows.length, 1);
  const small = setUp(BYTES);
  small.storage.quota = 10_000;
  small.storage.usage = 6000;
  await assert.rejects(small.copies.keep(LECTURE), { code: "STORAGE_FULL" });
  small.storage.usage = 5999;
  await small.copies.keep(LECTURE);
  assert.equal(small.rows.length, 1);
});

test("no copy is made while a take runs, and one under way makes way", async () => {
  const { copies, rows, files, storage } = setUp(BYTES);
  storage.isRecording = true;
  const refused = { code: "COPY_DURING_TAKE" };
  await assert.rejects(copies.keep(LECTURE), refused);
  storage.isRecording = false;
  copies.makeWay({ state: "armed" });
  const kept = copies.keep(LECTURE);
  copies.makeWay({ state: "recording" });
  await assert.rejects(kept, refused);
  assert.deepEqual([rows.length, files.size], [0, 0]);
});

test("no file stays without a row", async () => {
  const { copies, files, storage } = setUp(BYTES);
  storage.isPutFull = true;
  await assert.rejects(copies.keep(LECTURE), { code: "STORAGE_FULL" });
  assert.equal(files.size, 0);
  storage.isCreateLost = true;
  await assert.rejects(copies.keep(LECTURE), { code: "STORAGE_ERROR" });
  assert.equal(files.size, 0);
});

test("two pages that keep a recording at once bring it once", async () => {
  const shared = createShared();
  const first = setUp(BYTES, [], undefined, shared);
  const other = setUp(BYTES.slice(1), first.rows, undefined, shared);
  await Promise.all([first.copies.keep(LECTURE), other.copies.keep(LECTURE)]);
  assert.equal(first.rows.length, 1);
  assert.deepEqual(shared.files.get("a"), Buffer.concat(BYTES));
});

test("a copy that fails takes no file from a recording that is here", async () => {
  const { copies, files, storage } = setUp(BYTES);
  const kept = setUp(BYTES, [], () => {
    // A page that knows of no turns has brought it meanwhile.
    kept.rows.push(/** @type {any} */ ({ id: "a" }));
    kept.storage.isPutFull = true;
  });
  await assert.rejects(kept.copies.keep(LECTURE), { code: "STORAGE_FULL" });
  assert.deepEqual(kept.files.get("a"), Buffer.concat(BYTES));
  storage.isPutFull = true;
  await assert.rejects(copies.keep(LECTURE), { code: "STORAGE_FULL" });
  assert.equal(files.size, 0);
});

test("a copy ends when another page deletes it, or begins a take", async () => {
  const shared = createShared();
  const maker = setUp(BYTES, [], undefined, shared);
  const other = setUp(BYTES, maker.rows, undefined, shared);
  const given = maker.copies.keep(LECTURE);
  await other.copies.stop("a");
  await given;
  assert.deepEqual([maker.rows.length, shared.files.size], [0, 0]);

  const late = maker.copies.keep(LECTURE);
  other.copies.makeWay({ state: "recording" });
  await assert.rejects(late, { code: "COPY_DURING_TAKE" });
  assert.deepEqual([maker.rows.length, shared.files.size], [0, 0]);
});

test("what the trash has is not written over, nor removed", async () => {
  const shared = createShared();
  const before = new Uint8Array([9]);
  shared.trash.add("a");
  shared.files.set("a", before);
  const { copies, rows } = setUp(BYTES, [], undefined, shared);
  await assert.rejects(copies.keep(LECTURE), { code: "IN_TRASH" });
  assert.equal(shared.files.get("a"), before);
  assert.deepEqual(rows, []);
});
