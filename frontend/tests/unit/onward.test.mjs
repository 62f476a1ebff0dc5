import assert from "node:assert/strict";
import { test } from "node:test";
import { PcmFile } from "../../assets/js/spool/pcm-file.js";
import { blocksOf, replay } from "../../assets/js/spool/onward.js";
import { missedSince } from "../../assets/js/spool/past.js";
import { memoryFile } from "./support/memory-file.mjs";
import { collect } from "./support/source.mjs";

const RATE = 1000;

/**
 * PCM of which each sample says how many came before it.
 *
 * @param {number} first
 * @param {number} blocks  of 100 frames
 */
function recorded(first, blocks) {
  const file = memoryFile();
  const pcm = new PcmFile(file, RATE, first);
  for (let at = first; at < first + blocks * 100; at += 100) {
    pcm.append([Float32Array.from({ length: 100 }, (_, i) => (at + i) / 8192)]);
  }
  return file;
}

/** @param {number} firstInput */
function encoderFrom(firstInput) {
  /** @type {number[]} */
  const got = [];
  /** @param {Float32Array[]} pieces */
  const push = ([samples]) =>
    samples.forEach((sample) => got.push(Math.round(sample * 8192)));
  const encoder = { firstInput, backlog: 0, push };
  return { encoder: /** @type {any} */ (encoder), got };
}

test("blocks come in the take's order, whoever wrote them", async () => {
  const files = [recorded(300, 2), recorded(0, 3), memoryFile()];
  const order = (await collect(blocksOf(files))).map(({ first }) => first);
  assert.deepEqual(order, [0, 100, 200, 300, 400]);
});

test("an encoder gets all from its first frame on, none before", async () => {
  const { encoder, got } = encoderFrom(250);
  let blocks = 0;
  await replay(blocksOf([recorded(0, 4)]), {
    encoder,
    onBlock: () => blocks++,
  });
  assert.equal(blocks, 4);
  assert.deepEqual(
    got,
    Array.from({ length: 150 }, (_, i) => 250 + i),
  );
});

test("what was given back to a full disk is silence in its place", async () => {
  const { encoder, got } = encoderFrom(100);
  const pcm = [recorded(0, 2), recorded(300, 1)];
  await replay(blocksOf(pcm), { encoder, onBlock: () => undefined });
  assert.equal(got.length, 300);
  assert.deepEqual(got.slice(98, 102), [198, 199, 0, 0]);
  assert.deepEqual(got.slice(198, 202), [0, 0, 300, 301]);
});

test("what was missed begins where the last frame was heard", () => {
  const before = {
    rate: RATE,
    framesFlushed: 5000,
    flushedAt: 20_000,
    markers: [],
  };
  assert.equal(missedSince(before, 5400, 30_000), 9600);
  assert.equal(missedSince(before, 5400, 20_100), 0, "a clock set back");
  const older = { ...before, flushedAt: undefined };
  assert.equal(missedSince(older, 5400, 30_000), 0);
});

test("a paused take has missed nothing, one that went on has", () => {
  const paused = { kind: /** @type {const} */ ("pause"), frame: 5000, at: 1 };
  const before = {
    rate: RATE,
    framesFlushed: 5000,
    flushedAt: 20_000,
    markers: [paused],
  };
  assert.equal(missedSince(before, 5000, 30_000), 0);
  assert.equal(missedSince(before, 5100, 30_000), 9900);
});
