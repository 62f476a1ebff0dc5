import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { findDifferences, pointImports } from "../../tools/vendor.mjs";

const VENDOR_DIR = fileURLToPath(
  new URL("../../assets/vendor/", import.meta.url),
);

test("vendored files are those that were recorded when they were fetched", () => {
  assert.deepEqual(findDifferences(), []);
});

test("a vendored file that was edited, lost or added is named", (t) => {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), "vendor-test-"));
  t.after(() => fs.rmSync(copy, { recursive: true }));
  fs.cpSync(VENDOR_DIR, copy, { recursive: true });
  fs.appendFileSync(path.join(copy, "idb-8.0.4/index.js"), "\n");
  fs.rmSync(path.join(copy, "hash-wasm-4.13.0/LICENSE"));
  fs.writeFileSync(path.join(copy, "stray.js"), "");

  assert.deepEqual(findDifferences(copy).sort(), [
    "hash-wasm-4.13.0/LICENSE: missing",
    "idb-8.0.4/index.js: differs from vendor.json",
    "stray.js: not in vendor.json",
  ]);
});

test("what imports a package by its name imports it by its path", () => {
  const script = `import{Input as i}from"mediabunny";import a from "other";`;
  assert.equal(
    pointImports(script, { mediabunny: "index.js" }),
    `import{Input as i}from"../mediabunny-1.61.0/index.js";import a from "other";`,
  );
});

test("a browser finds all that vendored scripts import", () => {
  const scripts = fs
    .readdirSync(VENDOR_DIR, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"));
  assert.ok(scripts.length >= 5, scripts.join());
  let found = 0;
  for (const script of scripts) {
    const file = path.join(VENDOR_DIR, script);
    const imports = fs
      .readFileSync(file, "utf8")
      .matchAll(/\bimport\s*[{*\w][^"';]*?\bfrom\s*["']([^"']+)["']/g);
    for (const [, from] of imports) {
      found += 1;
      const target = path.join(path.dirname(file), from);
      assert.ok(from.startsWith("."), `${script} imports ${from}`);
      assert.ok(fs.existsSync(target), `${script} imports ${from}`);
    }
  }
  assert.ok(found >= 3, `${found} imports`);
});
