import assert from "node:assert/strict";
import { test } from "node:test";
import { createServerList } from "../../assets/js/library/server-list.js";
import { serverRow as row } from "./support/server-row.mjs";

/** @typedef {import("../../assets/js/core/types.js").ServerRecording} ServerRecording */
/** @typedef {import("../../assets/js/library/server-list.js").Page} Page */

const { signal } = new AbortController();

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
