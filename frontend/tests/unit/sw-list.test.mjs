import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { isUpToDate, listFiles, writeList } from "../../tools/sw-list.mjs";

/**
 * A small app on disk.
 *
 * @param {import("node:test").TestContext} t
 */
function makeApp(t) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "sw-list-test-"));
  t.after(() => fs.rmSync(root, { recursive: true }));
  const files = {
    "index.html": "<!doctype html>",
    "favicon.svg": "<svg/>",
    "manifest.webmanifest": "{}",
    "sw.js": "// worker\n",
    "assets/app.css": "body {}",
    "assets/js/main.js": "export {};",
    "assets/js/offline/files.js": "",
    "assets/vendor/x-1/index.js": "",
    "assets/vendor/x-1/index.d.ts": "",
    "assets/vendor/x-1/LICENSE": "",
  };
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), content);
  }
  return root;
}

test("the service worker's list says what is there", () => {
  assert.ok(isUpToDate(), "run: node frontend/tools/sw-list.mjs");
});

test("the list holds what the app loads, and nothing else", (t) => {
  assert.deepEqual(listFiles(makeApp(t)), [
    "assets/app.css",
    "assets/js/main.js",
    "assets/vendor/x-1/index.js",
    "favicon.svg",
    "index.html",
    "manifest.webmanifest",
  ]);
});

test("a list of an edited, added or removed file is old", (t) => {
  for (const change of [
    (/** @type {string} */ root) =>
      fs.appendFileSync(path.join(root, "assets/js/main.js"), "\n"),
    (/** @type {string} */ root) =>
      fs.writeFileSync(path.join(root, "assets/js/new.js"), ""),
    (/** @type {string} */ root) =>
      fs.rmSync(path.join(root, "assets/app.css")),
  ]) {
    const root = makeApp(t);
    assert.equal(isUpToDate(root), false);
    writeList(root);
    assert.equal(isUpToDate(root), true);
    const before = fs.readFileSync(path.join(root, "sw.js"), "utf8");
    change(root);
    assert.equal(isUpToDate(root), false);
    writeList(root);
    assert.notEqual(fs.readFileSync(path.join(root, "sw.js"), "utf8"), before);
  }
});
