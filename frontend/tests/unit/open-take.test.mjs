import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { openRunningTake } from "../../assets/js/spool/open-take.js";
import { installLocks } from "./support/locks.mjs";
import { memoryFile } from "./support/memory-file.mjs";

/**
 * Begins a take without WebCodecs, on a disk that removes no open file.
 *
 * @param {import("node:test").TestContext} t
 * @param {(name: string) => void} onOpen
 */
async function begin(t, onOpen) {
  installLocks(t);
  /** @type {Set<string>} */
  const open = new Set();
  /** @type {Set<string>} */
  const names = new Set();
  const files = {
    async open(/** @type {string} */ _, /** @type {string} */ name) {
      onOpen(name);
      names.add(name);
      open.add(name);
      return { ...memoryFile(), close: () => open.delete(name) };
    },
    async removeAll() {
      assert.deepEqual([...open], []);
      names.clear();
    },
  };
  const journal = { begin: async () => {}, forget: async () => {} };
  const take = { id: "a", rate: 48_000, channels: 1, startedAt: 0 };
  const options = { take, port: {}, files, journal, pageLife: "1" };
  return { names, opened: openRunningTake(/** @type {any} */ (options)) };
}

test("a take that cannot begin leaves no file behind", async (t) => {
  /** @type {string[]} */
  const asked = [];
  const { names, opened } = await begin(t, (name) => asked.push(name));
  await assert.rejects(opened, ReferenceError, "there is no encoder");
  assert.deepEqual(asked, ["audio.webm", "pcm.1"]);
  assert.deepEqual([...names], []);
});

test("a take of which one file cannot be opened leaves none", async (t) => {
  const { names, opened } = await begin(t, (name) => {
    if (name !== "audio.webm") {
      throw new StudioError("STORAGE_FULL");
    }
  });
  await assert.rejects(opened, { code: "STORAGE_FULL" });
  assert.deepEqual([...names], []);
});
