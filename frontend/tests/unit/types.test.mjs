import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const TOP = fileURLToPath(new URL("../../../", import.meta.url));
const BUILD = path.join(TOP, "build");

/**
 * Checks a script as if it were of that kind.
 *
 * @param {string} kind
 * @param {string} code
 * @returns {string[]} the compiler's complaints
 */
function complaints(kind, code) {
  mkdirSync(BUILD, { recursive: true });
  const folder = mkdtempSync(path.join(BUILD, "types-"));
  try {
    const extended = path.join(TOP, `tsconfig.${kind}.json`);
    const config = { extends: extended, include: ["script.js"] };
    writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(config));
    writeFileSync(path.join(folder, "script.js"), `${code}\nexport {};\n`);
    const tsc = path.join(TOP, "node_modules/.bin/tsc");
    const { stdout } = spawnSync(tsc, ["-p", folder], { encoding: "utf8" });
    return stdout.split("\n").filter((line) => line.includes("error TS"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const OPFS = `
  const root = await navigator.storage.getDirectory();
  const file = await root.getFileHandle("a");
  (await file.createSyncAccessHandle()).flush();`;
const PROCESSOR = `
  registerProcessor("a", class extends AudioWorkletProcessor {
    process() { return sampleRate > 0; }
  });`;
const DOM = `document.title = "a"; new AudioContext();`;
const FETCH = `
  const worker = /** @type {ServiceWorkerGlobalScope} */ (
    /** @type {unknown} */ (self));
  worker.addEventListener("fetch", (event) => event.respondWith(
    fetch(event.request)));`;

/** @type {[string, string, string[]][]} title, code, kinds that have it */
const SCOPES = [
  ["the document and audio contexts", DOM, ["page"]],
  ["synchronous files", OPFS, ["worker", "sw"]],
  ["audio processors", PROCESSOR, ["worklet"]],
  ["answers to requests", FETCH, ["worker", "sw"]],
];

for (const kind of ["page", "worker", "worklet", "sw"]) {
  test(`a script of kind ${kind} has what its scope has, no more`, () => {
    for (const [title, code, kinds] of SCOPES) {
      const found = complaints(kind, code);
      assert.equal(found.length === 0, kinds.includes(kind), title + found);
    }
  });
}

test("types are strict: what may be null is refused", () => {
  const code = `document.querySelector("a").focus();`;
  assert.match(complaints("page", code).join(), /possibly 'null'/);
});
