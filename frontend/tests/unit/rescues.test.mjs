import assert from "node:assert/strict";
import { test } from "node:test";
import { createRescues, findCut } from "../../assets/js/library/rescues.js";

const NOW = 1_000_000_000;

/** @param {Partial<import("../../assets/js/core/types.js").ServerUpload>} parts */
const upload = (parts) => ({
  file_id: "a",
  file_name: null,
  chunk_size: null,
  prefix_chunks: 2,
  prefix_bytes: 9000,
  created: NOW - 100_000,
  updated: NOW - 60_000,
  ...parts,
});

/** @param {Partial<import("../../assets/js/core/types.js").ServerUpload>[]} parts */
const cutOf = (...parts) => {
  const { cut, nextMs } = findCut(parts.map(upload), NOW);
  return { ids: cut.map(({ file_id: id }) => id), nextMs };
};

test("a take counts as cut off after a minute of silence", () => {
  assert.deepEqual(cutOf({}), { ids: ["a"], nextMs: null });
  assert.deepEqual(cutOf({ updated: NOW - 59_999 }), { ids: [], nextMs: 1 });
  assert.deepEqual(cutOf({}, { updated: NOW }, { updated: NOW - 20_000 }), {
    ids: ["a"],
    nextMs: 40_000,
  });
});

test("files that were finished before they were sent are no takes", () => {
  assert.deepEqual(cutOf({ chunk_size: 1024 }), { ids: [], nextMs: null });
});

test("without a sound there is nothing to rescue", () => {
  assert.deepEqual(cutOf({ prefix_chunks: 1 }), { ids: [], nextMs: null });
});

test("what matures is looked for again, as soon as it does", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const end = new AbortController();
  let looks = 0;
  let at = NOW - 10_000;
  const rescues = createRescues({
    server: {
      uploads: async () => ({ uploads: [upload({})], at }),
      complete: async () => ({}),
    },
    onMature: () => (looks += 1),
    signal: end.signal,
  });
  await rescues.refresh();
  assert.deepEqual(rescues.list(), []);
  t.mock.timers.tick(9999);
  assert.equal(looks, 0);
  t.mock.timers.tick(1);
  assert.equal(looks, 1);
  at = NOW;
  await rescues.refresh();
  assert.equal(rescues.list().length, 1);
});

test("rescuing asks until the server is done, then the take is no longer cut", async () => {
  /** @type {unknown[]} */
  const asked = [];
  const rescues = createRescues({
    server: {
      uploads: async () => ({ uploads: [upload({})], at: NOW }),
      complete: async (request) => {
        asked.push(request);
        return asked.length === 1 ? { completingMs: 1 } : {};
      },
    },
    onMature: () => undefined,
    signal: AbortSignal.any([]),
  });
  await rescues.refresh();
  await rescues.rescue("a");
  const request = { file_id: "a", salvage: true };
  assert.deepEqual(asked, [request, request]);
  assert.deepEqual(rescues.list(), []);
});

test("a take whose device is back since the list was read is left to it", async () => {
  let updated = NOW - 60_000;
  /** @type {unknown[]} */
  const asked = [];
  const rescues = createRescues({
    server: {
      uploads: async () => ({ uploads: [upload({ updated })], at: NOW }),
      complete: async (request) => {
        asked.push(request);
        return {};
      },
    },
    onMature: () => undefined,
    signal: AbortSignal.abort(),
  });
  await rescues.refresh();
  assert.equal(rescues.list().length, 1);
  updated = NOW - 1000;
  await assert.rejects(rescues.rescue("a"), { code: "NOT_CUT" });
  assert.deepEqual(asked, []);
  assert.deepEqual(rescues.list(), []);
});
