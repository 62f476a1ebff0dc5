import assert from "node:assert/strict";
import { test } from "node:test";
import { noteOlder } from "../../assets/js/spool/older-notes.js";

/** A device with a few recordings, of which one has a note. */
function makeDevice() {
  const rows = new Map(
    ["a", "b", "c"].map((id) => [id, { id, state: "finished" }]),
  );
  rows.set("cut", { id: "cut", state: "interrupted" });
  const noted = new Set(["b"]);
  /** @type {string[]} */
  const looks = [];
  /** @type {Map<string, unknown>} */
  const preferences = new Map();
  const held = new Set();
  const life = { isRecording: false, isFull: false };
  const options = /** @type {any} */ ({
    database: {
      recordings: {
        list: async () => [...rows.values()],
        get: async (/** @type {string} */ id) => rows.get(id),
      },
      preferences: {
        get: async (/** @type {string} */ name) => preferences.get(name),
        set: async (/** @type {string} */ name, /** @type {unknown} */ value) =>
          void preferences.set(name, value),
      },
    },
    notes: {
      async isMissing(/** @type {string} */ id) {
        looks.push(id);
        return !noted.has(id);
      },
      async write(/** @type {{id: string}} */ { id }) {
        assert.ok(held.has(id));
        life.isFull || noted.add(id);
      },
    },
    async acquireTake(/** @type {string} */ id) {
      if (held.has(id)) {
        return null;
      }
      held.add(id);
      return () => held.delete(id);
    },
    isRecording: () => life.isRecording,
    rest: async () => undefined,
  });
  return { rows, noted, looks, held, life, run: () => noteOlder(options) };
}

test("what has no note beside its audio gets one, and is looked at once", async () => {
  const { noted, looks, held, run } = makeDevice();
  await run();
  assert.deepEqual([...noted].sort(), ["a", "b", "c"]);
  assert.deepEqual([...held], []);
  looks.length = 0;
  await run();
  assert.deepEqual(looks, []);
});

test("a take that begins ends it, and another start goes on", async () => {
  const { noted, life, run } = makeDevice();
  life.isRecording = true;
  await run();
  assert.deepEqual([...noted], ["b"]);
  life.isRecording = false;
  await run();
  assert.deepEqual([...noted].sort(), ["a", "b", "c"]);
});

test("what could not be noted is tried again at another start", async () => {
  const { noted, held, life, run } = makeDevice();
  held.add("a"); // another page has it
  life.isFull = true;
  await run();
  assert.deepEqual([...noted], ["b"]);
  held.clear();
  life.isFull = false;
  await run();
  assert.deepEqual([...noted].sort(), ["a", "b", "c"]);
});

test("what is deleted meanwhile is not noted", async () => {
  const { rows, noted, held, run } = makeDevice();
  const one = rows.get("a");
  rows.clear();
  rows.set("a", /** @type {any} */ (one));
  const get = rows.get.bind(rows);
  rows.get = (id) => (held.has(id) ? undefined : get(id));
  await run();
  assert.deepEqual([...noted], ["b"]);
});
