import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { findDifferences } from "../../tools/vendor.mjs";

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
