import assert from "node:assert/strict";
import { test } from "node:test";
import { createFeed } from "../../../assets/js/ui/feed.js";

/** @typedef {import("../../../assets/js/ui/ports.js").LibraryRow} LibraryRow */

/** @param {string} ids of rows, one letter each */
const rowsOf = (ids) =>
  /** @type {LibraryRow[]} */ (
    /** @type {unknown} */ (
      [...ids].map((id) => ({ id, onDevice: id !== "s" }))
    )
  );

/** @param {readonly LibraryRow[]} rows */
const idsOf = (rows) => rows.map(({ id }) => id).join("");

/**
 * A feed of a library whose answers come when the test gives them.
 *
 * @param {string} [deleted] ids
 */
function setUp(deleted = "") {
  /** @type {((rows: LibraryRow[]) => void)[]} */
  const asked = [];
  const list = () => new Promise((resolve) => asked.push(resolve));
  const trash = {
    rows: async () => rowsOf("x"),
    asDeleted: (/** @type {LibraryRow} */ { id }) => ({ ...rowsOf(id)[0] }),
  };
  const recordings = Object.assign(new EventTarget(), { list, trash });
  const changes = new EventTarget();
  const has = (/** @type {string} */ id) => deleted.includes(id);
  /** @type {string[]} */
  const handedOn = [];
  /** @type {string[]} */
  const thrown = [];
  const feed = createFeed({
    recordings,
    removals: /** @type {any} */ ({ changes, has }),
    onRows: (rows, deleted) => {
      handedOn.push(idsOf(rows));
      thrown.push(idsOf(deleted));
    },
    onFault: (error) => assert.fail(String(error)),
    signal: new AbortController().signal,
  });
  /** @param {string} ids */
  async function answer(ids) {
    asked.shift()?.(rowsOf(ids));
    await new Promise(setImmediate);
  }
  return { feed, recordings, changes, asked, handedOn, thrown, answer };
}

test("recordings are handed on and kept, but for what is being deleted", async () => {
  const { feed, answer, handedOn } = setUp("b");
  assert.deepEqual(feed.rows, []);
  void feed.read();
  await answer("abc");
  assert.deepEqual(handedOn, ["ac"]);
  assert.equal(idsOf(feed.rows), "ac");
});

test("what changes while the list is read is read once after it", async () => {
  const { feed, recordings, changes, asked, answer, handedOn } = setUp();
  void feed.read();
  recordings.dispatchEvent(new Event("changed"));
  changes.dispatchEvent(new Event("changed"));
  assert.equal(asked.length, 1);
  await answer("a");
  assert.equal(asked.length, 1);
  await answer("ab");
  assert.equal(asked.length, 0);
  assert.deepEqual(handedOn, ["a", "ab"]);
});

test("what is being deleted is in the trash already, if it is here", async () => {
  const { feed, answer, handedOn, thrown } = setUp("bs");
  void feed.read();
  await answer("abs");
  assert.deepEqual([handedOn, thrown], [["a"], ["bx"]]);
});
