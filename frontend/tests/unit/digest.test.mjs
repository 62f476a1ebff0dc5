import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { digestOf } from "../../assets/js/spool/digest.js";

const MIB = 1 << 20;

/** @param {number} size  a file whose bytes are their positions */
function fileOf(size) {
  const all = Uint8Array.from({ length: size }, (_, at) => at);
  return {
    size,
    all,
    read: async (/** @type {number} */ at, /** @type {number} */ length) =>
      all.subarray(at, at + length),
  };
}

test("a digest is that of all bytes", async () => {
  for (const size of [0, 1, MIB, 3 * MIB + 5]) {
    const file = fileOf(size);
    const expected = createHash("sha256").update(file.all).digest("hex");
    assert.equal(await digestOf(file), expected);
  }
});

test("others get their turn while a large file is digested", async () => {
  const file = fileOf(1);
  const large = { ...file, size: 70 * MIB };
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 0);
  await digestOf(large);
  clearInterval(timer);
  assert.ok(turns >= 2, `${turns} turns`);
});
