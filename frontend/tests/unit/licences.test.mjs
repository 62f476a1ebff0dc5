import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { VERSION } from "../../assets/js/core/version.js";
import { gather, isUpToDate } from "../../tools/licences.mjs";

/** @param {string} name */
const read = (name) =>
  JSON.parse(fs.readFileSync(new URL(name, import.meta.url), "utf8"));

test("the list of licences is what lies beside the libraries", () => {
  assert.ok(isUpToDate(), "run: node frontend/tools/licences.mjs");
});

test("each vendored library has its licence in the list", () => {
  const vendored = read("../../assets/vendor/vendor.json");
  const names = gather().map(({ name }) => name);
  assert.deepEqual(names, [
    "WaveForge",
    ...vendored.map((/** @type {{name: string}} */ { name }) => name),
  ]);
  for (const { name, license, text } of gather()) {
    assert.match(license, /\w/, name);
    assert.match(text, /permi|license/i, name);
  }
});

test("what an encoder is built of is told with its licence", () => {
  const list = gather();
  const mp3 = list.find(({ name }) => name === "@mediabunny/mp3-encoder");
  assert.match(mp3?.text ?? "", /LAME MP3 Encoder is licensed under LGPL/);
  assert.match(mp3?.text ?? "", /GNU LIBRARY GENERAL PUBLIC LICENSE/);
  const flac = list.find(({ name }) => name === "@mediabunny/flac-encoder");
  assert.match(flac?.text ?? "", /Neither the name of the Xiph.org Foundation/);
  assert.doesNotMatch(mp3?.text ?? "", /Compiling/);
});

test("the studio is of the version that its package has", () => {
  assert.equal(VERSION, read("../../../package.json").version);
});
