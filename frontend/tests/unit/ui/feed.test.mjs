import assert from "node:assert/strict";
import { test } from "node:test";
import { createFeed } from "../../../assets/js/ui/feed.js";

/** @typedef {import("../../../assets/js/ui/ports.js").LibraryRow} LibraryRow */

/** @param {string} ids of rows, one letter each */
const rowsOf = (ids) =>
  /** @type {LibraryRow[]} */ (
    /** @type {unknown} */ ([...ids].map((id) => ({ id })))
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
  const recordings = Object.assign(new EventTarget(), { list });
  const changes = new EventTarget();
  const has = (/** @type {string} */ id) => deleted.includes(id);
  /** @type {string[]} */
  const handedOn = [];
  const feed = createFeed({
    recordings,
    removals: /** @type {any} */ ({ changes, has }),
    onRows: (rows) => handedOn.push(idsOf(rows)),
    onFault: (error) => assert.fail(String(error)),
    signal: new AbortController().signal,
  });
  /** @param {string} ids */
  async function answer(ids) {
    asked.shift()?.(rowsOf(ids));
    await new Promise(setImmediate);
  }
  return { feed, recordings, changes, asked, handedOn, answer };
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
