import assert from "node:assert/strict";
import { test } from "node:test";
import { kilobytesOf, limitOf } from "../../assets/js/core/upload-limit.js";
import { describeProgress } from "../../assets/js/upload/progress.js";
import { begin, finished, running } from "./support/upload.mjs";

test("what was stored as a limit is a whole number of kB/s, or none", () => {
  for (const [stored, kilobytes] of /** @type {const} */ ([
    [undefined, 0],
    ["", 0],
    ["64", 64],
    [1.9, 1],
    [-5, 0],
    ["fast", 0],
    [1e12, 1_000_000],
  ])) {
    assert.equal(kilobytesOf(stored), kilobytes);
  }
  assert.equal(limitOf("2"), 2048);
});

test("a take is told to be held back by a limit that is below what it makes", () => {
  // A cluster of 1000 bytes each second.
  const ends = Array.from({ length: 30 }, (_, second) => (second + 1) * 1000);
  const told = (/** @type {any} */ source, /** @type {number} */ limit) =>
    describeProgress("a", begin({ fileId: "a", source, sha256: "" }).state(), {
      seconds: 0,
      limit,
    }).code;
  assert.equal(told(running(...ends), 900), "UPLOAD_LIMIT");
  assert.equal(told(running(...ends), 1100), null, "the line is slow");
  assert.equal(told(running(...ends), 0), null, "there is no limit");
  assert.equal(
    told(running(...ends.slice(0, 10)), 900),
    null,
    "not yet behind",
  );
  assert.equal(told(finished(30_000), 900), null, "it runs no more");
});
