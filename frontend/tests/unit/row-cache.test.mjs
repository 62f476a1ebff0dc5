import assert from "node:assert/strict";
import { test } from "node:test";
import { createRowCache } from "../../assets/js/library/row-cache.js";

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
