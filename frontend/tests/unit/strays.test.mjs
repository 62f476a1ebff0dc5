import assert from "node:assert/strict";
import { test } from "node:test";
import { createStrays } from "../../assets/js/spool/strays.js";
import { installLocks } from "./support/locks.mjs";

/**
 * A device whose database knows some of the takes that have files.
 *
 * @param {import("node:test").TestContext} t
 * @param {object} device
 * @param {Record<string, any>} device.notes  by the take they lie beside
 * @param {string[]} [device.known]
 * @param {string} [device.running]  which another page records
 */
function setUp(t, { notes, known = [], running }) {
  installLocks(t, `take:${running}`);
  /** @type {any[]} */
  const put = [];
  const get = async (/** @type {string} */ id) =>
    known.includes(id) ? { id } : undefined;
  const owners = { has: async (/** @type {string} */ id) => !!(await get(id)) };
  const recordings = { put: async (/** @type {any} */ row) => put.push(row) };
  const strays = createStrays(
    /** @type {any} */ ({
      database: { owners, recordings, takes: { get: async () => undefined } },
      notes: {
        list: async () => Object.keys(notes),
        read: async (/** @type {string} */ id) => notes[id],
      },
    }),
  );
  return { strays, put };
}

const finished = (/** @type {string} */ id) => ({
  take: { id },
  recording: { id, state: "finished", wanted: "server" },
});

test("a recording the database lost is as it was, and others are left", async (t) => {
  const notes = {
    lost: finished("lost"),
    known: finished("known"),
    running: finished("running"),
    copy: { take: null, recording: null },
  };
  const options = { notes, known: ["known"], running: "running" };
  const { strays, put } = setUp(t, options);
  await strays.takeIn();
  const row = { id: "lost", state: "finished", wanted: "later" };
  assert.deepEqual(put, [{ ...row, isFound: true }]);
});

test("one that cannot be read hides no other one", async (t) => {
  const notes = { broken: undefined, lost: finished("lost") };
  const { strays, put } = setUp(t, { notes });
  await strays.takeIn();
  assert.deepEqual(
    put.map(({ id }) => id),
    ["lost"],
  );
});
