import assert from "node:assert/strict";
import { test } from "node:test";
import { createTrashVerbs } from "../../../assets/js/ui/deleting.js";

const A = { id: "a", name: "A" };
const B = { id: "b", name: "B" };

/**
 * A trash, and what is done with it.
 *
 * @param {object} state
 * @param {string[]} [state.pending] still to be deleted
 * @param {string[]} [state.gone] by another page
 * @param {boolean} [state.isSure] what a person answers
 */
function setUp({ pending = [], gone = [], isSure = true }) {
  /** @type {string[]} */
  const done = [];
  /** @type {string[]} */
  const told = [];
  const verbs = createTrashVerbs({
    recordings: {
      trash: {
        list: async () => [A, B].filter(({ id }) => !gone.includes(id)),
        async restore(id) {
          done.push(`restore ${id}`);
          return !gone.includes(id);
        },
        purgeAll: async (ids) => void done.push(`purge ${ids}`),
        bytes: async () => 5,
      },
    },
    removals: {
      has: (id) => pending.includes(id),
      undo: async (...ids) => void done.push(`undo ${ids}`),
      hasten: async (...ids) => void done.push(`hasten ${ids}`),
    },
    messages: /** @type {any} */ ({
      text: (/** @type {string} */ key) => key,
      bytes: String,
    }),
    toasts: {
      show({ text }) {
        told.push(text);
        return () => undefined;
      },
    },
    async ask({ title }) {
      told.push(title);
      return isSure;
    },
  });
  return { verbs, done, told };
}

test("what is being deleted is undone, what is deleted is restored", async () => {
  const { verbs, done, told } = setUp({ pending: ["a"] });
  await verbs.restore([A, B]);
  // What an earlier page has left noted would delete b once more.
  assert.deepEqual(done, ["undo a", "undo b", "restore b"]);
  assert.deepEqual(told, ["trash.restoredAll"]);
});

test("what another page was faster with is not told as restored", async () => {
  const { verbs, told } = setUp({ gone: ["a", "b"] });
  await verbs.restore([A, B]);
  assert.deepEqual(told, []);
});

test("nothing goes for good unless a person is sure", async () => {
  const unsure = setUp({ isSure: false });
  await unsure.verbs.purge([A]);
  assert.deepEqual([unsure.done, unsure.told], [[], ["trash.askOne"]]);
  const sure = setUp({});
  await sure.verbs.purge([A, B]);
  assert.deepEqual(sure.done, ["hasten a,b", "purge a,b"]);
  assert.deepEqual(sure.told, ["trash.askAll", "trash.purgedAll"]);
});

test("what another page goes on with is not told as gone for good", async () => {
  const { verbs, done, told } = setUp({ gone: ["a"] });
  await verbs.purge([A, B]);
  assert.deepEqual(done, ["hasten a,b", "purge b"]);
  assert.deepEqual(told, ["trash.askAll", "trash.purged"]);
});
