import assert from "node:assert/strict";
import { test } from "node:test";
import { createAudioUrls } from "../../assets/js/library/audio-urls.js";

/** @typedef {import("../../assets/js/library/rows.js").LibraryRow} LibraryRow */

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
  /** @type {Error[]} what the next times fail with */
  const faults = [];
  const files = {
    stored: async () => ({
      size: 5,
      read: async () => new ArrayBuffer(5),
      blob: async () => {
        opened.times += 1;
        const [fault] = faults.splice(0, 1);
        if (fault) {
          throw fault;
        }
        return new Blob(["audio"]);
      },
    }),
  };
  const server = {
    audioUrl: (/** @type {string} */ id) => `audio of ${id}`,
    uploadAudioUrl: (/** @type {string} */ id) => `upload ${id}`,
  };
  const urls = createAudioUrls({ files, server, signal: end.signal });
  return { urls, revoked, end, opened, faults };
}

/**
 * @param {string} id
 * @param {Partial<LibraryRow>} [change]
 * @returns {LibraryRow} on this device, unless the change says otherwise
 */
function row(id, change) {
  const state = "finished";
  const place = { onDevice: true, onServer: false };
  return /** @type {any} */ ({ id, state, sizeBytes: 5, ...place, ...change });
}

test("an address is made once, also when it is asked for twice at once", async (t) => {
  const { urls, opened } = setUp(t);
  const [one, two] = await Promise.all([urls.of(row("a")), urls.of(row("a"))]);
  assert.equal(one, two);
  assert.equal(await urls.of(row("a")), one);
  assert.equal(opened.times, 1);
});

test("audio that could not be opened is opened when it is next asked for", async (t) => {
  const { urls, faults } = setUp(t);
  const missing = new Error("missing");
  faults.push(missing);
  await assert.rejects(urls.of(row("a")), missing);
  assert.match(await urls.of(row("a")), /^blob:/);
});

test("every address is revoked, at the end at the latest", async (t) => {
  const { urls, revoked, end } = setUp(t);
  const first = await urls.of(row("a"));
  const second = await urls.of(row("b"));
  urls.revoke("a");
  urls.revoke("c");
  await new Promise(setImmediate);
  assert.deepEqual(revoked, [first]);
  end.abort();
  await new Promise(setImmediate);
  assert.deepEqual(revoked, [first, second]);
});

test("an address of a recording that has changed is made anew", async (t) => {
  const { urls, revoked, opened } = setUp(t);
  const cut = await urls.of(row("a", { state: "interrupted" }));
  const kept = await urls.of(row("a"));
  assert.notEqual(kept, cut);
  assert.equal(opened.times, 2);
  await new Promise(setImmediate);
  assert.deepEqual(revoked, [cut]);
});

test("the server's audio is for what is not here, or cannot be read here", async (t) => {
  const { urls, faults } = setUp(t);
  const copy = { onServer: true, fileId: "b" };
  const away = { ...copy, onDevice: false };
  assert.equal(await urls.of(row("a", away)), "audio of b");
  const cut = { ...away, state: /** @type {const} */ ("interrupted") };
  assert.equal(await urls.of(row("a", cut)), "upload b");
  assert.match(await urls.of(row("a", copy)), /^blob:/);
  faults.push(new Error("missing"));
  assert.equal(await urls.of(row("c", copy)), "audio of b");
});
