import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { createRecovery } from "../../assets/js/spool/recovery.js";

/** @typedef {import("../../assets/js/core/types.js").RecordingRow} RecordingRow */

/**
 * A device on which a page was closed while takes ran.
 *
 * @param {import("node:test").TestContext} t
 * @param {object} takes
 * @param {string[]} takes.ids of all
 * @param {string} [takes.running] one that another page still records
 * @param {string} [takes.broken] one whose row cannot be read
 */
function setUp(t, { ids, running, broken }) {
  const locks = {
    request: async (
      /** @type {string} */ name,
      /** @type {object} */ _,
      /** @type {(lock: object | null) => unknown} */ work,
    ) => work(name === `take:${running}` ? null : { name }),
  };
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  const value = { locks };
  Object.defineProperty(globalThis, "navigator", { value, configurable: true });
  t.after(() => {
    Reflect.deleteProperty(globalThis, "navigator");
    Object.defineProperties(globalThis, before ? { navigator: before } : {});
  });
  const rows = new Map(ids.map((id) => [id, { id, state: "recording" }]));
  const recordings = {
    async get(/** @type {string} */ id) {
      if (id === broken) {
        throw new StudioError("DATABASE_LOST");
      }
      return rows.get(id);
    },
    async update(/** @type {string} */ id, /** @type {object} */ patch) {
      const row = { id, state: "", ...patch };
      rows.set(id, row);
      return row;
    },
  };
  const takes = {
    list: async () =>
      ids.map((id) => ({ id, rate: 48_000, framesFlushed: 96_000 })),
  };
  const recovery = createRecovery(
    /** @type {any} */ ({ database: { recordings, takes } }),
  );
  return {
    recovery,
    stateOf: (/** @type {string} */ id) => rows.get(id)?.state,
  };
}

test("takes that nobody records are interrupted, and have a length", async (t) => {
  const { recovery, stateOf } = setUp(t, { ids: ["a", "b"], running: "a" });
  const [row, ...others] = await recovery.list();
  assert.deepEqual(others, []);
  assert.deepEqual([row.id, row.durationMs], ["b", 2000]);
  assert.equal(stateOf("a"), "recording");
});

test("a take that cannot be looked at hides no other one, and is told", async (t) => {
  const { recovery, stateOf } = setUp(t, { ids: ["a", "b"], broken: "a" });
  await assert.rejects(recovery.list(), { code: "DATABASE_LOST" });
  assert.equal(stateOf("b"), "interrupted");
});
