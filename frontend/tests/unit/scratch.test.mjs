import assert from "node:assert/strict";
import test from "node:test";
import { createScratch } from "../../assets/js/library/scratch.js";

/** Pages that share a device, each with its own locks. */
function makeDevice() {
  /** @type {unknown} */
  let noted;
  const files = new Set();
  const recordings = new Map();
  /** @type {Set<string>} */
  const locked = new Set();
  const page = () =>
    createScratch({
      owners: { has: async (id) => recordings.has(id) },
      preferences: {
        get: async () => noted,
        update: async (_, change) => {
          noted = change(noted);
        },
      },
      files: { removeAll: async (id) => void files.delete(id) },
      acquireLock: async (name) => {
        if (locked.has(name)) {
          return null;
        }
        locked.add(name);
        return () => void locked.delete(name);
      },
    });
  return { files, recordings, locked, page, noted: () => noted };
}

test("what a page left that is gone is removed, what another has is not", async () => {
  const { files, locked, page } = makeDevice();
  const gone = page();
  await gone.begin("a");
  await gone.begin("b");
  files.add("a").add("b");
  locked.delete("scratch:a");
  await page().sweep();
  assert.deepEqual([...files], ["b"]);
  locked.delete("scratch:b");
  await page().sweep();
  assert.deepEqual([...files], []);
});

test("what is kept is not removed later, what is removed is forgotten", async () => {
  const { files, locked, page, noted } = makeDevice();
  const one = page();
  await one.begin("a");
  await one.begin("b");
  files.add("a").add("b");
  await one.keep("a");
  await one.remove("b");
  assert.deepEqual([noted(), [...locked]], [[], []]);
  await page().sweep();
  assert.deepEqual([...files], ["a"]);
});

test("a recording keeps its audio, though its page ended before it was kept", async () => {
  const { files, recordings, locked, page, noted } = makeDevice();
  const gone = page();
  await gone.begin("a");
  files.add("a");
  recordings.set("a", { id: "a" });
  locked.clear();
  await page().sweep();
  assert.deepEqual([[...files], noted(), [...locked]], [["a"], [], []]);

  const one = page();
  await one.begin("a");
  await one.remove("a");
  assert.deepEqual([[...files], noted(), [...locked]], [["a"], [], []]);
});
