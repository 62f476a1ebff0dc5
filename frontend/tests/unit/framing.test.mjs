import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import {
  BLOCK_HEAD_BYTES,
  encodeBlock,
  readBlocks,
} from "../../assets/js/core/framing.js";
import { concat } from "../../assets/js/core/ebml.js";
import { collect, sourceOf } from "./support/source.mjs";

/** @param {number} sequence @param {number} count */
function block(sequence, count = 2) {
  const channels = Array.from({ length: count }, (_, channel) =>
    Float32Array.from({ length: 5 }, (_, i) => (i - 2 + channel) / 32768),
  );
  return { sequence, first: 5 * sequence, rate: 44100, channels };
}

const file = concat([0, 1, 2, 3].map((i) => encodeBlock(block(i))));
const BLOCK_BYTES = BLOCK_HEAD_BYTES + 5 * 2 * 3;

test("A block comes back as it was", async () => {
  const found = await collect(readBlocks(sourceOf(file)));
  assert.deepEqual(
    found,
    [0, 1, 2, 3].map((i) => block(i)),
  );
});

test("24 bits are kept exactly and louder samples stop at full scale", async () => {
  const samples = [0, 1 / 8388608, -1 / 8388608, 0.5, -1, 1.5, -2];
  const bytes = encodeBlock({
    ...block(0, 1),
    channels: [Float32Array.from(samples)],
  });
  const [found] = await collect(readBlocks(sourceOf(bytes)));
  const expected = [...samples.slice(0, 5), 8388607 / 8388608, -1];
  assert.deepEqual([...found.channels[0]], expected);
});

test("Frame numbers beyond 32 bits are kept", async () => {
  const bytes = encodeBlock({ ...block(0), first: 2 ** 40 + 3 });
  const [found] = await collect(readBlocks(sourceOf(bytes)));
  assert.equal(found.first, 2 ** 40 + 3);
});

test("A file cut anywhere gives its whole blocks", async () => {
  for (let cut = 0; cut <= file.length; cut++) {
    const found = await collect(readBlocks(sourceOf(file.subarray(0, cut))));
    assert.equal(found.length, Math.floor(cut / BLOCK_BYTES));
  }
});

test("A flipped bit anywhere ends the reading at its block", async () => {
  for (let at = 0; at < file.length; at++) {
    const bytes = file.slice();
    bytes[at] ^= 1 << (at % 8);
    const found = await collect(readBlocks(sourceOf(bytes)));
    assert.equal(found.length, Math.floor(at / BLOCK_BYTES), `byte ${at}`);
  }
});

test("Zeros and old blocks after the end are not taken for audio", async () => {
  const zeros = concat([file, new Uint8Array(500)]);
  assert.equal((await collect(readBlocks(sourceOf(zeros)))).length, 4);
  const old = concat([file, encodeBlock(block(3))]);
  assert.equal((await collect(readBlocks(sourceOf(old)))).length, 4);
});

test("The checksum is the CRC-32 that everybody has", async () => {
  const bytes = encodeBlock(block(0));
  const stored = new DataView(bytes.buffer).getUint32(28, true);
  const rest = concat([bytes.subarray(0, 28), bytes.subarray(32)]);
  assert.equal(stored, crc32(rest));
});
