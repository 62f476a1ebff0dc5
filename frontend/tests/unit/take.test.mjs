import assert from "node:assert/strict";
import { test } from "node:test";
import { readBlocks } from "../../assets/js/core/framing.js";
import { scanWebm } from "../../assets/js/core/webm-scan.js";
import { runClock } from "./support/clock.mjs";
import { collect } from "./support/source.mjs";
import { RATE, begin } from "./support/take.mjs";

test("a take is in both files, as long as it was heard", async (t) => {
  const { take, files, hear, samples, faults } = begin(t);
  hear(3);
  assert.equal(await take.finish(), 3 * RATE);
  assert.equal((await samples()).length, 3 * RATE);
  assert.equal(
    (await scanWebm(files.audio))?.packets,
    Math.ceil((3 * RATE + 312) / 960),
  );
  assert.deepEqual(faults, []);
});

test("time that is lost is silence of its length in both files", async (t) => {
  const { take, encoder, gaps, hear, samples } = begin(t);
  hear(1);
  hear(1, 30);
  assert.equal(await take.finish(), 32 * RATE);
  assert.equal(gaps.length, 1);
  assert.ok(encoder.encoded >= 32 * 50);
  const heard = await samples();
  assert.equal(heard.length, 32 * RATE);
  const isSilent = (/** @type {number} */ sample) => sample === 0;
  assert.ok(heard.slice(RATE, 31 * RATE).every(isSilent));
  assert.ok(!heard.slice(31 * RATE).some(isSilent));
});

test("an encoder that hangs is given up, and the PCM goes on", async (t) => {
  const { take, encoder, files, hear, faults } = begin(t);
  encoder.hangs = true;
  hear(70);
  assert.deepEqual(faults, ["ENCODER_FAILED"]);
  await assert.rejects(take.finish(), { code: "ENCODER_FAILED" });
  const blocks = await collect(readBlocks(files.pcm));
  assert.equal(blocks.length, 700);
  assert.equal(take.framesFlushed, 70 * RATE);
});

test("at Stop an encoder that hangs is not waited for endlessly", async (t) => {
  const { take, encoder, files, hear, faults } = begin(t);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  encoder.hangs = true;
  hear(3);
  const finished = take.finish();
  await runClock(t, finished);
  await assert.rejects(finished, { code: "ENCODER_FAILED" });
  assert.deepEqual(faults, ["ENCODER_FAILED"]);
  assert.equal(files.pcm.size, 3 * 3 * RATE + 30 * 32, "no zeros are left");
});

test("silence does not wait endlessly for an encoder either", async (t) => {
  const { take, encoder, hear, samples } = begin(t);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  encoder.hangs = true;
  hear(1);
  hear(1, 20);
  const finished = take.finish();
  await runClock(t, finished);
  await assert.rejects(finished, { code: "ENCODER_FAILED" });
  assert.equal((await samples()).length, 22 * RATE);
});

test("audio is safe when the disk has it, and not before", async (t) => {
  const { take, files, flushes, hear, faults } = begin(t);
  /** @type {() => void} */
  let carryOn = () => undefined;
  const { flush } = files.pcm;
  files.pcm.flush = () =>
    new Promise((resolve) => {
      carryOn = () => resolve(flush());
    });
  hear(3);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([take.framesFlushed, flushes.count], [0, 0]);
  files.pcm.flush = flush;
  carryOn();
  await take.flush();
  assert.equal(take.framesFlushed, 3 * RATE);
  assert.equal(flushes.count, 2, "the one that was held, and one after it");
  assert.equal(await take.finish(), 3 * RATE);
  assert.deepEqual(faults, []);
});
