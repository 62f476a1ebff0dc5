import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { createGivingWay } from "../../assets/js/library/giving-way.js";
import { zipNames } from "../../assets/js/library/zip-names.js";
import { createPickAll } from "../../assets/js/library/zip-all.js";
import { ZipFault, createZip } from "../../assets/js/library/zip.js";
import { unzip } from "../e2e/support/unzip.js";

const { signal } = new AbortController();

/** @param {string} name @param {string} [mimeType] */
const named = (name, mimeType = "audio/webm") => ({ name, mimeType });

test("names in a zip are unique, and fit for every system", () => {
  assert.deepEqual(
    zipNames([
      named("Lecture"),
      named("lecture"),
      named("Lecture.webm"),
      named("Lecture", "audio/wav"),
      named("a/b: c?"),
      named("../.."),
      named("Lecture (2)"),
    ]),
    [
      "Lecture.webm",
      "lecture (2).webm",
      "Lecture (3).webm",
      "Lecture.wav",
      "a b c.webm",
      "_.webm",
      "Lecture (2) (2).webm",
    ],
  );
});

/** @param {string} id @param {object} [more] @returns {any} */
const row = (id, more) => ({
  id,
  fileId: id,
  name: id,
  mimeType: "audio/webm",
  timestamp: Date.UTC(2026, 0, 2),
  state: "finished",
  onDevice: true,
  sizeBytes: 3,
  ...more,
});

/** @param {string} id three bytes */
const bytesFor = (id) => new TextEncoder().encode(id.repeat(3).slice(0, 3));

/**
 * A zip of a device's and a server's recordings, and what becomes of it.
 *
 * @param {any[]} rows
 * @param {(id: string, until: AbortSignal) => Promise<any>} [read]
 * @param {boolean} [takesRoom] where it goes
 */
function setUp(rows, read, takesRoom = true) {
  let begin = () => {};
  /** @type {Uint8Array[]} */
  const parts = [];
  /** @type {string[]} */
  const done = [];
  const files = {
    stored: async (/** @type {string} */ id) => {
      if (id.startsWith("lost")) {
        throw new StudioError("TAKE_MISSING");
      }
      return {
        size: 3,
        read: async (/** @type {number} */ from, /** @type {number} */ to) =>
          bytesFor(id).slice(from, to).buffer,
        blob: async () => new Blob([]),
      };
    },
  };
  const zip = createZip({
    list: async () => rows,
    files,
    read:
      read ??
      (async (id) =>
        (async function* () {
          const bytes = bytesFor(id);
          yield bytes.slice(0, 1);
          yield bytes.slice(1);
        })()),
    untilTake: createGivingWay((onTake) => void (begin = onTake)).until,
    pickAll: createPickAll({
      recordings: { list: async () => rows },
      takes: { list: async () => [] },
      files,
    }),
    choosePlace: async (name) => ({
      takesRoom,
      open: async () => {
        done.push(`open ${name}`);
        return new WritableStream({ write: (part) => void parts.push(part) });
      },
      finish: async () => void done.push("finish"),
      fail: async () => void done.push("fail"),
    }),
  });
  return {
    zip,
    done,
    beginTake: () => begin(),
    file: () => new Uint8Array(Buffer.concat(parts)),
  };
}

test("a zip has what is here from here, and the rest from the server", async () => {
  const rows = [
    row("a"),
    row("b", { onDevice: false }),
    row("c", { state: "interrupted" }),
    row("d"),
  ];
  const { zip, done, file } = setUp(rows);
  /** @type {number[]} */
  const fractions = [];
  const count = await zip.save(["a", "b", "c"], {
    name: "all.zip",
    onProgress: ({ fraction }) => fractions.push(fraction),
    signal,
  });
  assert.equal(count, 2);
  const files = [...unzip(file())].map(([name, bytes]) => [
    name,
    new TextDecoder().decode(bytes),
  ]);
  assert.deepEqual(files, [
    ["a.webm", "aaa"],
    ["b.webm", "bbb"],
  ]);
  assert.deepEqual(done, ["open all.zip", "finish"]);
  assert.equal(fractions.at(-1), 1);
});

test("a zip that fails says at which recording", async () => {
  /** @type {[string, () => Promise<any>][]} */
  const failures = [
    ["NETWORK", () => Promise.reject(new StudioError("NETWORK"))],
    ["ZIP_SHORT", async () => (async function* () {})()],
  ];
  for (const [code, read] of failures) {
    const rows = [row("a"), row("b", { onDevice: false })];
    const { zip, done } = setUp(rows, read);
    const saved = zip.save(["a", "b"], {
      name: "all.zip",
      onProgress: () => {},
      signal,
    });
    await assert.rejects(saved, (error) => {
      assert.ok(error instanceof ZipFault);
      assert.deepEqual([error.code, error.recording], [code, "b"]);
      return true;
    });
    assert.deepEqual(done, ["open all.zip", "fail"]);
  }
});

test("a zip that is given up leaves nothing", async () => {
  const end = new AbortController();
  const { zip, done } = setUp(
    [row("a", { onDevice: false })],
    (_id, until) =>
      new Promise((_resolve, reject) => {
        until.addEventListener("abort", () => reject(until.reason));
        end.abort();
      }),
  );
  const saved = zip.save(["a"], {
    name: "all.zip",
    onProgress: () => {},
    signal: end.signal,
  });
  await assert.rejects(saved, { name: "AbortError" });
  assert.deepEqual(done, ["open all.zip", "fail"]);
});

test("a take that begins ends a zip in the room it may need, and no other", async () => {
  const rows = [row("a", { onDevice: false })];
  const saving = { name: "all.zip", onProgress: () => {}, signal };
  const own = setUp(rows, async () => {
    own.beginTake();
    return [bytesFor("a")];
  });
  const refused = { code: "MEDIA_DURING_TAKE" };
  await assert.rejects(own.zip.save(["a"], saving), refused);
  assert.deepEqual(own.done, ["open all.zip", "fail"]);

  const read = async () => {
    picked.beginTake();
    return [bytesFor("a")];
  };
  const picked = setUp(rows, read, false);
  assert.equal(await picked.zip.save(["a"], saving), 1);
});

test("all that is here is in one zip, and what is not in it is named", async () => {
  const note = { frame: 48, kind: "marker", at: 5, text: "the bell" };
  const rows = [
    row("a", { name: "metadata.json", mimeType: "", markers: [note] }),
    row("b", { state: "interrupted", sizeBytes: 2 }),
    row("c", { onDevice: false }),
    row("d", { state: "recording" }),
    row("lost"),
  ];
  const { zip, done, file } = setUp(rows);
  const run = { name: "all.zip", onProgress: () => undefined, signal };
  const { count, leftOut } = await zip.saveAll(run);
  assert.equal(count, 2);
  const files = new Map(
    [...unzip(file())].map(([name, bytes]) => [
      name,
      new TextDecoder().decode(bytes),
    ]),
  );
  assert.deepEqual(
    [...files.keys()],
    ["metadata (2).json", "b.webm", "metadata.json"],
  );
  assert.equal(files.get("b.webm"), "bb");
  const told = JSON.parse(files.get("metadata.json") ?? "");
  assert.deepEqual(told.recordings[0].markers, [note]);
  assert.equal(told.recordings[1].state, "interrupted");
  assert.deepEqual(told.notIncluded, leftOut);
  assert.deepEqual(leftOut, [
    { name: "c", reason: "only on the server" },
    { name: "d", reason: "still being recorded" },
    { name: "lost", reason: "cannot be read" },
  ]);
  assert.deepEqual(done, ["open all.zip", "finish"]);
});

test("of a device without recordings no zip is made", async () => {
  const { zip, done } = setUp([row("c", { onDevice: false })]);
  const run = { name: "all.zip", onProgress: () => undefined, signal };
  await assert.rejects(zip.saveAll(run), { code: "ZIP_EMPTY" });
  assert.deepEqual(done, ["fail"]);
});
