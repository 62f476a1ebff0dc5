import assert from "node:assert/strict";
import { test } from "node:test";
import { PcmFile } from "../../assets/js/spool/pcm-file.js";
import { readBlocks } from "../../assets/js/core/framing.js";
import { memoryFile } from "./support/memory-file.mjs";
import { collect } from "./support/source.mjs";

/** @param {number} value */
const tenth = (value) => [new Float32Array(4800).fill(value)];

test("blocks follow each other without a gap in their frames", async () => {
  const file = memoryFile();
  const pcm = new PcmFile(file, 48000);
  [0.1, 0.2, 0.3].forEach((value) => pcm.append(tenth(value)));
  const firsts = (await collect(readBlocks(file))).map(({ first }) => first);
  assert.deepEqual(firsts, [0, 4800, 9600]);
  assert.equal(pcm.frames, 14400);
});

test("only what was flushed is promised", async () => {
  const file = memoryFile();
  const pcm = new PcmFile(file, 48000);
  pcm.append(tenth(0.1));
  await pcm.flush();
  pcm.append(tenth(0.2));
  file.crash();
  assert.equal(pcm.framesFlushed, 4800);
  assert.equal((await collect(readBlocks(file))).length, 1);
});

test("a block that does not fit on the disk does not count", async () => {
  const file = memoryFile({ room: 20_000 });
  const pcm = new PcmFile(file, 48000);
  pcm.append(tenth(0.1));
  assert.throws(() => pcm.append(tenth(0.2)), { code: "STORAGE_FULL" });
  assert.equal(pcm.frames, 4800);
});

/** Ten seconds of PCM in a file with room ahead of them. */
function recorded() {
  const file = memoryFile();
  const pcm = new PcmFile(file, 48000);
  Array.from({ length: 100 }, () => pcm.append(tenth(0.1)));
  const end = file.size;
  Array.from({ length: 3 }, () => pcm.secure());
  return { file, pcm, end };
}

test("it gives room that was secured ahead, and no block of it", async () => {
  const { file, pcm, end } = recorded();
  const had = file.size;
  assert.equal(pcm.makeRoom(), true);
  assert.equal(file.size, had - (1 << 20));
  assert.equal(pcm.makeRoom(), true);
  assert.equal(file.size, end);
  assert.equal(pcm.makeRoom(), false);
  assert.equal(file.size, end);
  pcm.append(tenth(0.2));
  assert.equal((await collect(readBlocks(file))).length, 101);
});

test("what is offered of it is given last, and comes back whole", async () => {
  const { file, pcm, end } = recorded();
  const whole = file.contents().slice(0, end);
  pcm.trim();
  await pcm.offer();
  assert.equal(pcm.makeRoom(), true);
  assert.equal(file.size, end - (1 << 20));
  assert.equal(pcm.makeRoom(), false);
  await pcm.takeBack();
  file.crash();
  assert.deepEqual(file.contents(), whole);
  assert.equal(pcm.makeRoom(), false);
});

test("what was offered and not taken stays", async () => {
  const { file, pcm, end } = recorded();
  pcm.trim();
  await pcm.offer();
  await pcm.takeBack();
  assert.equal(file.size, end);
});
