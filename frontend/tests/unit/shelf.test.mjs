import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { createShelf } from "../../assets/js/offline/shelf.js";

const SCOPE = "http://localhost/studio/";
const NAME = `waveforge ${SCOPE} v1`;
const TEXTS = Object.freeze({
  "index.html": "<!doctype html>",
  "assets/app.css": "body {}",
  "assets/js/main.js": "export {};",
});
const FILES = Object.fromEntries(
  Object.entries(TEXTS).map(([path, text]) => [
    path,
    createHash("sha256").update(text).digest("hex"),
  ]),
);

/** What a browser keeps, as far as the shelf uses it. */
function createCaches() {
  /** @type {Map<string, Map<string, Response>>} */
  const all = new Map();
  /** @param {Map<string, Response>} entries */
  const cacheOf = (entries) => ({
    /** @param {URL} url */
    match: async ({ href }) => entries.get(href)?.clone(),
    /** @param {URL} url @param {Response} response */
    put: async ({ href }, response) => void entries.set(href, response),
  });
  const caches = {
    /** @param {string} name */
    has: async (name) => all.has(name),
    /** @param {URL} url @param {{cacheName: string}} options */
    match: async (url, { cacheName }) =>
      all.has(cacheName)
        ? (await caches.open(cacheName)).match(url)
        : undefined,
    /** @param {string} name */
    async open(name) {
      const entries = all.get(name) ?? new Map();
      all.set(name, entries);
      return cacheOf(entries);
    },
    /** @param {string} name */
    delete: async (name) => all.delete(name),
    keys: async () => [...all.keys()],
  };
  return { caches: /** @type {CacheStorage} */ (/** @type {any} */ (caches)) };
}

/**
 * A shelf, and the server that it fetches from: what that has can be changed, and
 * nothing can be had of it while it is away.
 */
function setUp() {
  const { caches } = createCaches();
  const server = {
    /** @type {Record<string, string>} */
    texts: { ...TEXTS },
    isAway: false,
    /** @type {string[]} */
    asked: [],
  };
  const shelf = createShelf({
    files: FILES,
    version: "v1",
    scope: SCOPE,
    caches,
    async fetch(input) {
      const isRequest = typeof input === "object" && "url" in input;
      const { href } = new URL(isRequest ? input.url : String(input));
      const path = href.slice(SCOPE.length);
      server.asked.push(path);
      const text = server.texts[path.replace(/\?.*/, "") || "index.html"];
      if (server.isAway || text === undefined) {
        throw new TypeError("Failed to fetch");
      }
      return new Response(text);
    },
  });
  /** @param {string} path @returns {Promise<string | undefined>} what is kept */
  async function kept(path) {
    const cache = await caches.open(NAME);
    return (await cache.match(new URL(path, SCOPE)))?.text();
  }
  /**
   * @param {string} path
   * @param {Partial<Request>} [more]
   * @returns {Promise<string | null>} null: left to the browser
   */
  async function ask(path, more) {
    const url = SCOPE + path;
    const request = { method: "GET", mode: "cors", url, ...more };
    const answer = shelf.answer(/** @type {Request} */ (request));
    return answer && (await answer).text();
  }
  return { shelf, server, caches, kept, ask };
}

test("a version is kept when each file is of it", async () => {
  const { shelf, kept } = setUp();
  await shelf.fill();
  for (const [path, text] of Object.entries(TEXTS)) {
    assert.equal(await kept(path), text);
  }
});

test("nothing is kept of a version with a file that is not of it", async () => {
  const { shelf, server, caches } = setUp();
  server.texts["assets/app.css"] = "body { color: red }";
  await assert.rejects(shelf.fill(), /app\.css is not of this version/);
  assert.deepEqual(await caches.keys(), []);
});

test("installing a version again takes nothing from the worker that has it", async () => {
  const { shelf, server, kept } = setUp();
  await shelf.fill();
  server.isAway = true;
  server.asked = [];
  await shelf.fill();
  assert.deepEqual(server.asked, [], "all of it was there");
  for (const [path, text] of Object.entries(TEXTS)) {
    assert.equal(await kept(path), text);
  }
});

test("what is damaged is fetched again, and all else stays if it cannot be", async () => {
  const { shelf, server, caches, kept } = setUp();
  await shelf.fill();
  const damaged = new URL("assets/app.css", SCOPE);
  await (await caches.open(NAME)).put(damaged, new Response("bod"));
  server.isAway = true;
  await assert.rejects(shelf.fill());
  assert.equal(await kept("index.html"), TEXTS["index.html"]);
  assert.equal(await kept("assets/js/main.js"), TEXTS["assets/js/main.js"]);

  server.isAway = false;
  server.asked = [];
  await shelf.fill();
  assert.deepEqual(server.asked, ["assets/app.css"]);
  assert.equal(await kept("assets/app.css"), TEXTS["assets/app.css"]);
});

test("what is kept is answered, and nothing else", async () => {
  const { shelf, server, ask } = setUp();
  await shelf.fill();
  server.isAway = true;
  const page = /** @type {const} */ ({ mode: "navigate" });
  assert.equal(await ask("assets/app.css"), TEXTS["assets/app.css"]);
  assert.equal(await ask("", page), TEXTS["index.html"]);
  assert.equal(await ask("index.html", page), TEXTS["index.html"]);
  assert.equal(await ask("recordings"), null);
  assert.equal(await ask("assets/app.css?1"), null);
  assert.equal(await ask("assets/app.css", { method: "POST" }), null);
  assert.equal(await ask("recording/a/audio", page), null);
  assert.equal(await ask("../", page), null);
});

test("a page asked for with a query is the server's while that answers", async () => {
  const { shelf, server, ask } = setUp();
  await shelf.fill();
  server.asked = [];
  server.texts["index.html"] = "<!doctype html><title>new</title>";
  const page = /** @type {const} */ ({ mode: "navigate" });
  assert.equal(await ask("?code=1", page), server.texts["index.html"]);
  assert.deepEqual(server.asked, ["?code=1"]);
  assert.equal(await ask("", page), TEXTS["index.html"]);
  server.isAway = true;
  assert.equal(await ask("?code=1", page), TEXTS["index.html"]);
});

test("the way to sign in passes by, so that the browser itself can ask", async () => {
  const { shelf, ask } = setUp();
  await shelf.fill();
  assert.equal(await ask("?sign-in", { mode: "navigate" }), null);
});
