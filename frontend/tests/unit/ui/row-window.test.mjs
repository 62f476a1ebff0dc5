import assert from "node:assert/strict";
import { test } from "node:test";
import {
  layOut,
  rowAt,
  rowByKey,
  rowForTab,
  rowsFor,
} from "../../../assets/js/ui/row-window.js";

const rows = Array.from({ length: 10_000 }, (_, index) => ({ id: `${index}` }));

test("rows lie below each other, as high as they are or usually are", () => {
  const tops = layOut(rows.slice(0, 4), new Map([["1", 100]]), 50);
  assert.deepEqual([...tops], [0, 50, 150, 200, 250]);
  assert.deepEqual([...layOut([], new Map(), 50)], [0]);
});

test("the row at a place is found, above and below all the nearest", () => {
  const tops = layOut(rows.slice(0, 4), new Map([["1", 100]]), 50);
  const found = [-9, 0, 49, 50, 149, 150, 249, 999].map((at) =>
    rowAt(tops, at),
  );
  assert.deepEqual(found, [0, 0, 0, 1, 1, 2, 3, 3]);
});

test("of ten thousand rows those in sight and a few around them are had", () => {
  const tops = layOut(rows, new Map(), 60);
  const at = (/** @type {number} */ from) =>
    rowsFor(tops, { from, to: from + 800 });
  assert.deepEqual(at(0), { first: 0, end: 19 });
  const { first, end } = at(300_000);
  assert.ok(first * 60 < 300_000 - 240 && end * 60 > 300_800 + 240);
  assert.ok(end - first < 40);
  assert.equal(at(599_500).end, 10_000);
  assert.deepEqual(
    rowsFor(layOut(rows.slice(0, 2), new Map(), 60), {
      from: 0,
      to: 800,
    }),
    { first: 0, end: 2 },
  );
});

test("keys lead from row to row, and stay within the list", () => {
  const list = { count: 100, page: 10 };
  assert.equal(rowByKey("ArrowDown", 5, list), 6);
  assert.equal(rowByKey("ArrowUp", 0, list), 0);
  assert.equal(rowByKey("PageDown", 95, list), 99);
  assert.equal(rowByKey("PageUp", 15, list), 5);
  assert.equal(rowByKey("Home", 50, list), 0);
  assert.equal(rowByKey("End", 50, list), 99);
  assert.equal(rowByKey("a", 50, list), null);
});

test("Tab reaches the nearest row that has controls, a running take has none", () => {
  const states = ["recording", "kept", "kept", "recording"];
  const some = states.map((state) => ({ state }));
  const all = { first: 0, end: 4 };
  const reached = [0, 1, 2, 3].map((wish) => rowForTab(some, wish, all));
  assert.deepEqual(reached, [1, 1, 2, 2]);
  assert.equal(rowForTab(some, 3, { first: 3, end: 4 }), -1);
  assert.equal(rowForTab(some, 0, { first: 0, end: 1 }), -1);
  assert.equal(rowForTab([], 0, { first: 0, end: 0 }), -1);
});
