import assert from "node:assert/strict";
import { test } from "node:test";
import { createAudioUrls } from "../../assets/js/library/audio-urls.js";

/** @param {import("node:test").TestContext} t */
function setUp(t) {
  /** @type {string[]} */
  const revoked = [];
  const { revokeObjectURL } = URL;
  t.mock.method(URL, "revokeObjectURL", (/** @type {string} */ url) => {
    revoked.push(url);
    revokeObjectURL.call(URL, url);
  });
  const end = new AbortController();
  const opened = { times: 0 };
  const open = async () => {
    opened.times += 1;
    return new Blob(["audio"]);
  };
  return { urls: createAudioUrls(end.signal), revoked, end, opened, open };
}

test("an address is made once, also when it is asked for twice at once", async (t) => {
  const { urls, opened, open } = setUp(t);
  const [one, two] = await Promise.all([
    urls.get("a", "1", open),
    urls.get("a", "1", open),
  ]);
  assert.equal(one, two);
  assert.equal(await urls.get("a", "1", open), one);
  assert.equal(opened.times, 1);
});

test("audio that could not be opened is opened when it is next asked for", async (t) => {
  const { urls, open } = setUp(t);
  const missing = new Error("missing");
  await assert.rejects(
    urls.get("a", "1", () => Promise.reject(missing)),
    missing,
  );
  assert.match(await urls.get("a", "1", open), /^blob:/);
});

test("every address is revoked, at the end at the latest", async (t) => {
  const { urls, revoked, end, open } = setUp(t);
  const first = await urls.get("a", "1", open);
  const second = await urls.get("b", "1", open);
  urls.revoke("a");
  urls.revoke("c");
  await new Promise(setImmediate);
  assert.deepEqual(revoked, [first]);
  end.abort();
  await new Promise(setImmediate);
  assert.deepEqual(revoked, [first, second]);
});

test("an address of a recording that has changed is made anew", async (t) => {
  const { urls, revoked, opened, open } = setUp(t);
  const cut = await urls.get("a", "cut", open);
  const kept = await urls.get("a", "kept", open);
  assert.notEqual(kept, cut);
  assert.equal(opened.times, 2);
  await new Promise(setImmediate);
  assert.deepEqual(revoked, [cut]);
});
