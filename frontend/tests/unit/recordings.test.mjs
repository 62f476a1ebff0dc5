import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { Recordings } from "../../assets/js/library/recordings.js";
import { createTurns } from "./support/copy-peers.mjs";
import { serverRow as row } from "./support/server-row.mjs";

const { signal } = new AbortController();

test("a new name is written before anything is read", async () => {
  /** @type {string[]} */
  const done = [];
  /** @param {{id: string, name?: string, uploaded?: null}[]} rows */
  const table = (rows) => ({
    list: async () => {
      done.push("read");
      return rows;
    },
    /** @param {string} id */
    get: async (id) => rows.find((one) => one.id === id),
    /** @param {string} id @param {{name: string}} change */
    update: async (id, { name }) => done.push(`${id} is ${name}`),
  });
  const recordings = new Recordings(
    /** @type {any} */ ({
      database: {
        recordings: table([{ id: "a", name: "A", uploaded: null }]),
        uploads: table([]),
        outbox: table([]),
        serverRecordings: table([]),
      },
      server: {},
      uploads: new EventTarget(),
      peers: createTurns()(),
      signal,
    }),
  );
  await recordings.rename("a", "Meyer");
  assert.equal(done[0], "a is Meyer");
  assert.ok(done.includes("read"));
});

test("a name that the device has is one the server will hear", async () => {
  const uploaded = { fileId: "a-2", at: 1, sha256: "", sizeBytes: 1 };
  /** @type {import("../../assets/js/core/types.js").OutboxRow[]} */
  const posted = [];
  const recordings = new Recordings(
    /** @type {any} */ ({
      database: {
        recordings: {
          get: async () => ({ id: "a", name: "A", uploaded }),
          update: async () => {
            throw new Error("the page ends here");
          },
        },
        outbox: { add: async (/** @type {any} */ row) => posted.push(row) },
      },
      server: {},
      uploads: new EventTarget(),
      peers: createTurns()(),
      signal,
    }),
  );
  await assert.rejects(recordings.rename("a", "Meyer"), /ends here/);
  assert.deepEqual(
    posted.map(({ kind, fileId, name }) => ({ kind, fileId, name })),
    [{ kind: "rename", fileId: "a-2", name: "Meyer" }],
  );
});

test("a new name stands beside the audio once that is finished", async () => {
  /** @type {Record<string, any>} */
  const rows = {
    a: { id: "a", name: "A", state: "finished", uploaded: null },
    b: { id: "b", name: "B", state: "interrupted", uploaded: null },
  };
  /** @type {string[]} */
  const noted = [];
  const table = { list: async () => [] };
  const recordings = new Recordings(
    /** @type {any} */ ({
      database: {
        recordings: {
          list: async () => Object.values(rows),
          get: async (/** @type {string} */ id) => rows[id],
          update: async (
            /** @type {string} */ id,
            /** @type {object} */ news,
          ) => (rows[id] = { ...rows[id], ...news }),
        },
        files: {
          note: async (/** @type {{name: string}} */ { name }) =>
            noted.push(name),
        },
        uploads: table,
        outbox: table,
        serverRecordings: table,
      },
      server: {},
      uploads: Object.assign(new EventTarget(), { progress: () => null }),
      peers: createTurns()(),
      signal,
    }),
  );
  await recordings.rename("a", "Meyer");
  await recordings.rename("b", "Schmidt");
  assert.deepEqual(noted, ["Meyer"]);
});

test("a name given while the server's list is read goes to the server", async () => {
  /** @type {object[]} */
  const sent = [];
  let whileReading = async () => {};
  const uploaded = { fileId: "a", at: 1, sha256: "", sizeBytes: 1 };
  const table = { list: async () => [], change: async () => {} };
  const recordings = new Recordings(
    /** @type {any} */ ({
      database: {
        recordings: {
          list: async () => [{ id: "a", name: "A", uploaded }],
          get: async () => ({ id: "a", name: "Meyer", uploaded }),
          update: async () => {},
        },
        uploads: { list: () => whileReading().then(() => []) },
        outbox: {
          ...table,
          add: async (/** @type {object} */ row) => sent.push(row),
        },
        serverRecordings: table,
      },
      server: {
        recordings: async () => ({ recordings: [row("a", "A")], next: null }),
        uploads: async () => ({ uploads: [], at: 0 }),
        isPassing: () => true,
      },
      uploads: Object.assign(new EventTarget(), { progress: () => null }),
      peers: createTurns()(),
      signal,
    }),
  );
  await recordings.list();
  whileReading = () => recordings.refresh();
  await recordings.rename("a", "Meyer");
  assert.deepEqual(
    sent.map((change) => ({ ...change, at: 0 })),
    [{ kind: "rename", fileId: "a", name: "Meyer", at: 0 }],
  );
});

test("a list that cannot be kept is told, a server that is away is not", async () => {
  const codes = ["NETWORK", "STORAGE_ERROR"];
  const failures = codes.map((code) => new StudioError(code));
  const [offline] = failures;
  const recordings = new Recordings(
    /** @type {any} */ ({
      database: { recordings: {}, outbox: {}, serverRecordings: {} },
      server: {
        recordings: () => Promise.reject(failures.shift()),
        isPassing: (/** @type {unknown} */ error) => error === offline,
      },
      uploads: new EventTarget(),
      peers: createTurns()(),
      signal,
    }),
  );
  /** @type {object[]} */
  const faults = [];
  recordings.addEventListener("fault", (event) =>
    faults.push(/** @type {CustomEvent} */ (event).detail),
  );
  await recordings.refresh();
  assert.deepEqual(faults, []);
  await recordings.refresh();
  assert.deepEqual(faults, [{ code: "STORAGE_ERROR" }]);
});

test("what is deleted while it is being kept does not come back", async () => {
  const sha256 = "0".repeat(64);
  const lecture = { ...row("a"), size: 1, sha256, metadata: {} };
  /** @type {string[]} */
  const done = [];
  const table = { list: async () => [], change: async () => {} };
  const recordings = new Recordings(
    /** @type {any} */ ({
      database: {
        recordings: {
          ...table,
          get: async () => undefined,
          put: async () => done.push("kept"),
        },
        uploads: { ...table, get: async () => undefined },
        outbox: { ...table, add: async () => done.push("deleted") },
        serverRecordings: table,
        files: { removeAll: async () => done.push("removed") },
        owners: { has: async () => false },
      },
      server: {
        recordings: async () => ({ recordings: [lecture], next: null }),
        uploads: async () => ({ uploads: [], at: 0 }),
        audio: (/** @type {string} */ _id, /** @type {AbortSignal} */ until) =>
          new Promise((_resolve, reject) => {
            const end = () => reject(until.reason);
            until.addEventListener("abort", end);
          }),
        isPassing: () => true,
      },
      device: { isRecording: async () => false, estimate: async () => ({}) },
      uploads: Object.assign(new EventTarget(), {
        progress: () => null,
        stop: () => undefined,
      }),
      peers: createTurns()(),
      signal,
    }),
  );
  await recordings.refresh();
  const kept = recordings.keepHere("a");
  // Asked for by now: no copy can be under way before its list is read.
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(recordings.copies.fraction("a"), 0);
  await recordings.removeEverywhere("a");
  assert.equal(recordings.copies.fraction("a"), null);
  await kept;
  assert.ok(done.includes("deleted"));
  assert.ok(!done.includes("kept"));
});
