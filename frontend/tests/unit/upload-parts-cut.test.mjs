import assert from "node:assert/strict";
import { test } from "node:test";
import { setUpCut } from "./support/part-upload.mjs";

/**
 * Calls `then` when the recording is read to cut a part of it.
 *
 * @param {ReturnType<typeof setUpCut>} all
 * @param {() => void} then
 */
function whileItIsCut({ surroundings }, then) {
  const { recording } = surroundings.store;
  surroundings.store.recording = async (/** @type {string} */ id) => {
    const row = await recording(id);
    then();
    return row;
  };
}

test("a part is cut where the server takes no more", async () => {
  const all = setUpCut();
  const { split } = all.surroundings.store;
  all.surroundings.store.split = async (id, parts) => {
    const row = await split(id, parts);
    all.end.abort();
    return row;
  };
  await all.run();
  assert.equal(all.recordings.get("a")?.parts.length, 3);
});

test("what is given up while a part is being cut has no more parts", async () => {
  const all = setUpCut();
  const { run, end, row, recordings } = all;
  whileItIsCut(all, () => end.abort());
  await run();
  assert.deepEqual(recordings.get("a"), row);
});

test("what another page has just cancelled has its parts back from nobody", async () => {
  const all = setUpCut();
  const { run, row, recordings, end } = all;
  const later = { ...row, wanted: "later", parts: undefined };
  whileItIsCut(all, () => recordings.set("a", /** @type {any} */ (later)));
  await run();
  assert.equal(end.signal.aborted, false, "it has not been heard here yet");
  assert.deepEqual(recordings.get("a"), later);
});
