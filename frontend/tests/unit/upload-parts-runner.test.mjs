import assert from "node:assert/strict";
import { test } from "node:test";
import { Runner } from "../../assets/js/upload/runner.js";
import { installLocks } from "./support/locks.mjs";
import { COPY, setUpCut, setUpWav } from "./support/part-upload.mjs";

/**
 * What begins uploads, which must not fail in an odder way than uploads do.
 *
 * @param {ReturnType<typeof setUpWav>["surroundings"]} surroundings
 */
const createRunner = (surroundings) =>
  new Runner(/** @type {any} */ (surroundings), (error) =>
    assert.fail(String(error)),
  );

/**
 * A run that is held where one of its parts is over and the next has not begun.
 *
 * @param {import("node:test").TestContext} t
 */
async function setUpBorder(t) {
  installLocks(t);
  const all = setUpCut();
  const { surroundings } = all;
  const { recording } = surroundings.store;
  let goOn = () => undefined;
  const runner = createRunner(surroundings);
  t.after(() => runner.stop("a"));
  await new Promise((resolve) => {
    surroundings.store.recording = async (id) => {
      await new Promise((heed) => {
        goOn = /** @type {any} */ (heed);
        resolve(null);
      });
      return recording(id);
    };
    runner.start("a");
  });
  return { ...all, runner, goOn };
}

test("an upload can be paused between two of its parts", async (t) => {
  const { runner, goOn, uploads, reports } = await setUpBorder(t);
  const paused = runner.pause("a");
  goOn();
  await paused;
  assert.equal(uploads.get("a").state, "paused");
  assert.equal(reports.at(-1).state, "paused");
});

test("what is on the server by then cannot be paused", async (t) => {
  const { runner, goOn, uploads, recordings } = await setUpBorder(t);
  recordings.set("a", /** @type {any} */ ({ id: "a", uploaded: COPY }));
  const paused = runner.pause("a");
  goOn();
  await paused;
  assert.notEqual(uploads.get("a")?.state, "paused");
});

test("whatever is thrown away while it is sent goes from the server, even if the page ends", async (t) => {
  const { runner, goOn, uploads, outbox, surroundings } = await setUpBorder(t);
  const { fileId } = uploads.get("a");
  const { add } = /** @type {{add: any}} */ ({ add: outbox.push.bind(outbox) });
  /** @type {unknown[]} */
  const left = [];
  outbox.push = (change) => {
    left.push(uploads.get("a")?.fileId);
    return add(change);
  };
  const { forget } = surroundings.store;
  surroundings.store.forget = async (id) => {
    left.push(`${id} forgotten`);
    return forget(id);
  };
  const discarded = runner.discard("a");
  goOn();
  await discarded;
  assert.deepEqual(left, [fileId], "on record first, and once");
  assert.deepEqual(
    outbox.map((change) => [change.kind, change.fileId]),
    [["delete", fileId]],
  );
  assert.equal(uploads.has("a"), false);
});

test("whatever is thrown away while it is on its way goes from the server", async (t) => {
  installLocks(t);
  const all = setUpWav();
  const { parts, surroundings, recordings, row, uploads, outbox } = all;
  parts.store = surroundings.store;
  recordings.set(
    "a",
    /** @type {any} */ ({ ...row, sha256: "ab", parts: undefined }),
  );
  const runner = createRunner(surroundings);
  await new Promise((resolve) => {
    parts.transport.send = () => {
      resolve(null);
      return new Promise(() => undefined);
    };
    runner.start("a");
  });
  await runner.discard("a");
  assert.deepEqual(
    outbox.map(({ fileId }) => fileId),
    ["a"],
  );
  assert.equal(uploads.has("a"), false);
});
