import assert from "node:assert/strict";
import { test } from "node:test";
import { Recordings } from "../../assets/js/library/recordings.js";
import { StudioError } from "../../assets/js/core/errors.js";
import { createRowCache } from "../../assets/js/library/row-cache.js";
import { createServerList } from "../../assets/js/library/server-list.js";
import { createTurns } from "./support/copy-peers.mjs";

/** @typedef {import("../../assets/js/core/types.js").ServerRecording} ServerRecording */
/** @typedef {import("../../assets/js/library/server-list.js").Page} Page */

const { signal } = new AbortController();

/** @param {string} id @param {string} [name] */
const row = (id, name = id) =>
  /** @type {ServerRecording} */ (/** @type {unknown} */ ({ id, name }));

/**
 * A list of the server's recordings, kept in a map.
 *
 * @param {() => Page[]} pages
 * @param {() => void} [onPage]
 */
function makeList(pages, onPage = () => {}) {
  /** @type {Map<string, ServerRecording>} */
  const kept = new Map();
  /** @type {string[]} */
  const writes = [];
  const mirror = {
    list: async () => [...kept.values()],
    /** @param {{put: ServerRecording[], remove: string[]}} change */
    change: async ({ put, remove }) => {
      put.forEach((one) => kept.set(one.id, one));
      remove.forEach((id) => kept.delete(id));
      writes.push([...put.map(({ id }) => `+${id}`), ...remove].join(" "));
    },
  };
  /** @param {{cursor: string | null}} page */
  const readPage = async ({ cursor }) => {
    const page = pages()[Number(cursor ?? 0)];
    if (!page) {
      throw new Error("offline");
    }
    return page;
  };
  const list = createServerList({ mirror, readPage, onPage, signal });
  return { list, kept, writes };
}

test("all pages are read, and only what differs is written", async () => {
  let pages = [
    { recordings: [row("a"), row("b")], next: "1" },
    { recordings: [row("c")], next: null },
  ];
  const { list, kept, writes } = makeList(() => pages);
  await list.refresh();
  assert.deepEqual([...kept.keys()], ["a", "b", "c"]);
  assert.ok((await list.seen()).asOf > 0);

  await list.refresh();
  pages = [{ recordings: [row("a"), row("b", "new")], next: null }];
  await list.refresh();
  assert.deepEqual(writes, ["+a +b +c", "+b c"]);
  assert.deepEqual(await list.rows(), [row("a"), row("b", "new")]);
});

test("without the server the list stays as it was last seen", async () => {
  /** @type {Page[]} */
  let pages = [{ recordings: [row("a")], next: null }];
  const { list } = makeList(() => pages);
  await list.refresh();
  const { asOf } = await list.seen();
  pages = [];
  await assert.rejects(list.refresh());
  assert.deepEqual(await list.seen(), { rows: [row("a")], asOf });
});

test("a list that breaks off is not taken for the whole", async () => {
  const endless = Array.from({ length: 99 }, (_, i) => ({
    recordings: [row(`r${i}`)],
    next: String(i + 1),
  }));
  const { list } = makeList(() => endless);
  await list.refresh();
  assert.equal((await list.seen()).asOf, 0);
});

test("where nothing was known each page is seen as it comes, and all are kept", async () => {
  /** @type {Promise<number>[]} */
  const seen = [];
  let pages = [{ recordings: [row("a")], next: "1" }];
  const { list, kept } = makeList(
    () => pages,
    () => seen.push(list.rows().then(({ length }) => length)),
  );
  await assert.rejects(list.refresh());
  assert.deepEqual(await Promise.all(seen), [1]);
  assert.equal(kept.size, 0);
  pages = [
    { recordings: [row("a")], next: "1" },
    { recordings: [row("b")], next: /** @type {any} */ (null) },
  ];
  await list.refresh();
  assert.deepEqual([...kept.keys()], ["a", "b"]);
  await list.refresh();
  assert.equal(seen.length, 2, "a list that is known changes as a whole");
});

test("a look asked for while another is under way sees what is newer", async () => {
  let name = "old";
  const { list } = makeList(() => [
    { recordings: [row("a", name)], next: null },
  ]);
  const first = list.refresh();
  name = "new";
  await Promise.all([first, list.refresh(), list.refresh()]);
  assert.deepEqual(await list.rows(), [row("a", "new")]);
});

test("a row's change shows before the server has been asked again", async () => {
  const { list, kept } = makeList(() => [
    { recordings: [row("a"), row("b")], next: null },
  ]);
  await list.refresh();
  await list.patch("a", { name: "Meyer" });
  await list.drop("b");
  assert.deepEqual(await list.rows(), [row("a", "Meyer")]);
  assert.deepEqual([...kept.values()], [row("a", "Meyer")]);
});

test("what another page has changed is seen, unless this one reads", async () => {
  const { list, kept } = makeList(() => [
    { recordings: [row("a")], next: null },
  ]);
  await list.refresh();
  const { asOf } = await list.seen();
  kept.set("a", row("a", "Meyer"));
  assert.deepEqual(await list.rows(), [row("a")]);
  list.forget();
  assert.deepEqual(await list.seen(), { rows: [row("a", "Meyer")], asOf });

  list.forget();
  const looked = list.rows();
  kept.set("a", row("a", "Meier"));
  list.forget();
  assert.deepEqual(await looked, [row("a", "Meier")]);
});

/** A table of rows that counts how it is read. */
function makeTable() {
  const rows = new Map([
    ["a", { id: "a", name: "A" }],
    ["b", { id: "b", name: "B" }],
  ]);
  const reads = { all: 0, one: 0 };
  const cache = createRowCache({
    list: async () => {
      reads.all += 1;
      return [...rows.values()];
    },
    get: async (id) => {
      reads.one += 1;
      return rows.get(id);
    },
  });
  return { rows, reads, cache };
}

test("of a table only the rows that have changed are read again", async () => {
  const { rows, reads, cache } = makeTable();
  await cache.list();
  rows.set("a", { id: "a", name: "Meyer" });
  rows.delete("b");
  rows.set("c", { id: "c", name: "C" });
  ["a", "b", "c"].forEach((id) => cache.note(id));
  assert.deepEqual(await cache.list(), [
    { id: "a", name: "Meyer" },
    { id: "c", name: "C" },
  ]);
  await cache.list();
  assert.deepEqual(reads, { all: 1, one: 3 });
});

test("a row that changes while it is being read is read again", async () => {
  const { rows, cache } = makeTable();
  await cache.list();
  cache.note("a");
  const first = cache.list();
  rows.set("a", { id: "a", name: "Meyer" });
  cache.note("a");
  await first;
  const [row] = await cache.list();
  assert.equal(row.name, "Meyer");
});

test("a new name is written before anything is read", async () => {
  /** @type {string[]} */
  const done = [];
  /** @param {object[]} rows */
  const table = (rows) => ({
    list: async () => {
      done.push("read");
      return rows;
    },
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
