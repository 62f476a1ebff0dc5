import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE_BYTES, createPages } from "../../assets/js/library/pages.js";
import { createTakeFiles } from "../../assets/js/library/take-files.js";
import { openPagedFile } from "../../assets/js/spool/paged-file.js";
import { createSpoolFiles } from "../../assets/js/spool/files.js";
import { memoryFile } from "./support/memory-file.mjs";
import { installRanges, memoryDatabase } from "./support/memory-link.mjs";

const FILE = { take: "a", name: "audio.webm" };

/** @param {import("node:test").TestContext} t */
function begin(t) {
  installRanges(t);
  const database = memoryDatabase();
  const connect = () => createPages({ link: database.connect() });
  /** Opens it as another life of the page does. */
  function reopen() {
    database.crash();
    return openPagedFile(connect(), FILE);
  }
  return { ...database, pages: connect(), reopen };
}

/** Lets what goes on in the background go on for a while. */
async function pass(turns = 1) {
  for (let turn = 0; turn < turns; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** @param {number} seed @returns {(most: number) => number} integers from 0 to most */
function dice(seed) {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * (most + 1));
  };
}

/** @param {(most: number) => number} roll @param {number} length */
function someBytes(roll, length) {
  const first = 1 + roll(253);
  return new Uint8Array(length).map((_, i) => 1 + ((first + i * 7) % 255));
}

/** @typedef {ReturnType<typeof memoryFile>} Model */
/** @typedef {import("../../assets/js/spool/files.js").SpoolFile} SpoolFile */

/**
 * Does the same to both: what a take does, and what it never does.
 *
 * @param {[SpoolFile, Model]} files
 * @param {(most: number) => number} roll
 */
function changeBoth(files, roll) {
  const kind = roll(9);
  const { size } = files[0];
  const length = roll(3) > 0 ? roll(5000) : roll(4 * PAGE_BYTES + 5000);
  if (kind < 5) {
    const bytes = someBytes(roll, length);
    files.forEach((file) => file.append(bytes));
  } else if (kind < 7) {
    const at = roll(size);
    const bytes = someBytes(roll, Math.min(length, size - at));
    files.forEach((file) => file.overwrite(bytes, at));
  } else if (kind < 8) {
    files.forEach((file) => file.grow(length));
  } else {
    const to = roll(2) > 0 ? Math.max(0, size - length) : roll(size);
    files.forEach((file) => file.truncate(to));
  }
}

/** @param {SpoolFile} file */
const contents = (file) => file.read(0, file.size);

/** @param {Uint8Array} bytes @returns {Uint8Array} without zeros at its end */
function trimmed(bytes) {
  return bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1);
}

/**
 * Room at the end that nobody used need not be there.
 *
 * @param {Uint8Array} meant
 * @param {Uint8Array} found
 */
function isLike(meant, found) {
  const isShorter = found.length <= meant.length;
  return isShorter && Buffer.from(trimmed(meant)).equals(trimmed(found));
}

/** @param {Uint8Array} a @param {Uint8Array} b @param {string} what */
function assertSame(a, b, what) {
  assert.ok(Buffer.from(a).equals(b), what);
}

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`pages are like a file, whatever is done to it (${seed})`, async (t) => {
    const { reopen } = begin(t);
    const roll = dice(seed);
    let model = memoryFile();
    let file = await reopen();
    /** What a crash may leave: what was flushed, or what was later. */
    let states = [model.contents()];
    for (let turn = 0; turn < 150; turn++) {
      changeBoth([file, model], roll);
      assert.equal(file.size, model.size);
      states.push(model.contents());
      if (roll(3) === 0) {
        await file.flush();
        states = [model.contents()];
      }
      await pass(roll(6));
      if (roll(3) === 0) {
        const from = roll(model.size);
        const length = roll(4 * PAGE_BYTES);
        assertSame(
          await file.read(from, length),
          await model.read(from, length),
          `turn ${turn}: ${length} bytes from ${from} on`,
        );
      }
      if (roll(10) === 0) {
        file = await reopen();
        const found = await contents(file);
        assert.ok(
          states.some((one) => isLike(one, found)),
          `turn ${turn}`,
        );
        model = memoryFile();
        model.append(found);
        states = [found];
      }
    }
    assertSame(await contents(file), model.contents(), "the end");
  });
}

test("what is written is soon safe from a crash, without any flush", async (t) => {
  const { reopen, disk } = begin(t);
  const file = await reopen();
  const bytes = someBytes(dice(9), 3 * PAGE_BYTES + 7);
  file.append(bytes);
  while (disk.commits.relaxed === 0) {
    await pass();
  }
  assertSame(await contents(await reopen()), bytes, "after a crash");
});

test("a flush waits for the disk, also for what is written already", async (t) => {
  const { reopen, disk } = begin(t);
  const file = await reopen();
  file.append(Uint8Array.of(1, 2, 3));
  while (disk.commits.relaxed === 0) {
    await pass();
  }
  const { strict } = disk.commits;
  file.append(Uint8Array.of(4));
  await pass(20);
  assert.equal(disk.commits.strict, strict);
  await file.flush();
  assert.equal(disk.commits.strict, strict + 1);
  await file.flush();
  assert.equal(disk.commits.strict, strict + 1, "there was nothing new");
  assert.deepEqual([...(await contents(await reopen()))], [1, 2, 3, 4]);
});

test("what could not be flushed is flushed the next time", async (t) => {
  const { reopen, disk, pages } = begin(t);
  const file = await reopen();
  file.append(Uint8Array.of(1, 2, 3));
  await file.flush();
  disk.failure = new DOMException("full", "QuotaExceededError");
  file.overwrite(Uint8Array.of(9), 0);
  file.append(Uint8Array.of(4));
  await assert.rejects(file.flush(), { code: "STORAGE_FULL" });
  assert.deepEqual([...(await contents(file))], [9, 2, 3, 4]);
  assert.equal(await pages.size(FILE), 3);
  disk.failure = null;
  await file.flush();
  assert.deepEqual([...(await contents(await reopen()))], [9, 2, 3, 4]);
});

test("bytes that change after they were appended are as they were", async (t) => {
  const { reopen } = begin(t);
  const file = await reopen();
  const bytes = Uint8Array.of(1, 2, 3);
  file.append(bytes);
  bytes.fill(0);
  await file.flush();
  assert.deepEqual([...(await contents(await reopen()))], [1, 2, 3]);
});

test("no page is larger than another browser may take", () => {
  assert.ok(PAGE_BYTES <= 1 << 20);
});

/** A browser without OPFS: its files of takes, as a worker and as a page have them. */
function withoutOpfs(/** @type {import("node:test").TestContext} */ t) {
  const { pages } = begin(t);
  const files = createTakeFiles(pages);
  return { files, spool: createSpoolFiles({ pages, files }) };
}

test("without OPFS a take's files are found, read and removed", async (t) => {
  const { files, spool } = withoutOpfs(t);
  const bytes = someBytes(dice(8), 300 * PAGE_BYTES + 5);
  for (const [take, name] of [
    ["a", "audio.webm"],
    ["a", "pcm.1"],
    ["a", "pcm.2"],
    ["b", "audio.webm"],
  ]) {
    const file = await spool.open(take, name);
    file.append(bytes);
    await file.flush();
  }
  assert.deepEqual(await spool.listPcm("a"), ["pcm.1", "pcm.2"]);
  const stored = await files.stored("a");
  assert.equal(stored.size, bytes.length);
  const part = new Uint8Array(await stored.read(7, PAGE_BYTES + 9));
  assertSame(part, bytes.subarray(7, PAGE_BYTES + 9), "a part");
  const blob = await stored.blob("audio/webm");
  assert.equal(blob.type, "audio/webm");
  assertSame(new Uint8Array(await blob.arrayBuffer()), bytes, "all of it");
  await files.remove("a", "pcm.1");
  assert.deepEqual(await spool.listPcm("a"), ["pcm.2"]);
  await files.removeAll("a");
  assert.deepEqual(await files.names("a"), []);
  await assert.rejects(files.stored("a"), { code: "TAKE_MISSING" });
  assert.equal((await files.stored("b")).size, bytes.length);
});
