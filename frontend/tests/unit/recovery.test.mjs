import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { createRecovery } from "../../assets/js/spool/recovery.js";
import { installLocks } from "./support/locks.mjs";

/** @typedef {import("../../assets/js/core/types.js").RecordingRow} RecordingRow */

/**
 * A device on which a page was closed while takes ran.
 *
 * @param {import("node:test").TestContext} t
 * @param {object} takes
 * @param {string[]} takes.ids of all
 * @param {string} [takes.running] one that another page still records
 * @param {string} [takes.broken] one whose row cannot be read
 * @param {string[]} [takes.gone] deleted by another page, once they are listed
 */
function setUp(t, { ids, running, broken, gone = [] }) {
  installLocks(t, `take:${running}`);
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
      [...ids, ...gone].map((id) => ({
        id,
        rate: 48_000,
        framesFlushed: 96_000,
      })),
    get: async (/** @type {string} */ id) =>
      ids.includes(id)
        ? { id, rate: 48_000, framesFlushed: 96_000 }
        : undefined,
  };
  /** @type {string[]} */
  const removed = [];
  const files = {
    removeAll: async (/** @type {string} */ id) => removed.push(id),
  };
  const recovery = createRecovery(
    /** @type {any} */ ({ database: { recordings, takes }, files }),
  );
  return {
    recovery,
    removed,
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

test("the files of a take that another page has just deleted stay", async (t) => {
  const { recovery, removed } = setUp(t, { ids: ["a"], gone: ["b"] });
  const rows = await recovery.list();
  assert.deepEqual(
    rows.map(({ id }) => id),
    ["a"],
  );
  assert.deepEqual(removed, []);
});
