import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import vm from "node:vm";
import { isUpToDate, listFiles, writeList } from "../../tools/sw-list.mjs";

const WORKER = `import {
  one,
  told,
} from "./told.js";

told.push(one(VERSION));
`;
const TOLD = `/** @type {string[]} */
export const told = globalThis.heard;

export function one(version) {
  return "version " + version;
}
`;

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
    "assets/app.css": "body {}",
    "assets/js/main.js": "export {};",
    "assets/js/offline/service.worker.js": WORKER,
    "assets/js/offline/told.js": TOLD,
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
    "assets/js/offline/service.worker.js",
    "assets/js/offline/told.js",
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

test("the service worker is one script, and no module", (t) => {
  const root = makeApp(t);
  writeList(root);
  const text = fs.readFileSync(path.join(root, "sw.js"), "utf8");
  /** @type {string[]} */
  const heard = [];
  vm.runInNewContext(text, { heard });
  const [, version] = /VERSION = "(.*)"/.exec(text) ?? [];
  assert.deepEqual(heard, [`version ${version}`]);
  const shipped = new URL("../../sw.js", import.meta.url);
  new vm.Script(fs.readFileSync(shipped, "utf8"));
});
