import assert from "node:assert/strict";
import { test } from "node:test";
import { Take } from "../../assets/js/spool/take.js";
import { readBlocks } from "../../assets/js/core/framing.js";
import { scanWebm } from "../../assets/js/core/webm-scan.js";
import { whileItMoves } from "../../assets/js/spool/patience.js";
import { installEncoder } from "./support/audio-encoder.mjs";
import { memoryFile } from "./support/memory-file.mjs";

const RATE = 48000;

/**
 * A take on a disk in memory.
 *
 * @param {import("node:test").TestContext} t
 */
function begin(t, room = Infinity) {
  const encoder = installEncoder(t);
  const files = { audio: memoryFile(), pcm: memoryFile({ room }) };
  /** @type {string[]} */
  const faults = [];
  /** @type {object[]} */
  const gaps = [];
  const take = new Take({
    rate: RATE,
    channels: 1,
    files,
    onPeaks: () => undefined,
    onFlushed: () => undefined,
    onFault: (code) => faults.push(code),
    onGap: (gap) => gaps.push(gap),
  });
  let frame = 0;
  /** @param {number} seconds @param {number} [lost] seconds before it */
  function hear(seconds, lost = 0) {
    frame += lost * RATE;
    for (let end = frame + seconds * RATE; frame < end; frame += RATE / 10) {
      const channels = [new Float32Array(RATE / 10).fill(0.5)];
      take.push({ first: frame, channels });
    }
  }
  const samples = () =>
    [...readBlocks(files.pcm)].flatMap(({ channels }) => [...channels[0]]);
  return { take, encoder, files, faults, gaps, hear, samples };
}

/**
 * Lets the clock of the test run until a promise is settled.
 *
 * @param {import("node:test").TestContext} t
 * @param {Promise<unknown>} promise
 */
async function run(t, promise) {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  promise.then(settle, settle);
  while (!isSettled) {
    t.mock.timers.tick(5);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("a take is in both files, as long as it was heard", async (t) => {
  const { take, files, hear, samples, faults } = begin(t);
  hear(3);
  assert.equal(await take.finish(), 3 * RATE);
  assert.equal(samples().length, 3 * RATE);
  assert.equal(
    scanWebm(files.audio)?.packets,
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
  const heard = samples();
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
  const blocks = [...readBlocks(files.pcm)];
  assert.equal(blocks.length, 700);
  assert.equal(take.framesFlushed, 70 * RATE);
});

test("at Stop an encoder that hangs is not waited for endlessly", async (t) => {
  const { take, encoder, files, hear, faults } = begin(t);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  encoder.hangs = true;
  hear(3);
  const finished = take.finish();
  await run(t, finished);
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
  await run(t, finished);
  await assert.rejects(finished, { code: "ENCODER_FAILED" });
  assert.equal(samples().length, 22 * RATE);
});

test("a full disk ends a take and keeps what was before", async (t) => {
  const { take, hear, samples, faults } = begin(t, 2 * RATE * 3);
  hear(5);
  assert.deepEqual(faults, ["STORAGE_LOW", "STORAGE_FULL"]);
  const had = take.frames;
  assert.ok(had >= 1.9 * RATE && had < 2 * RATE);
  assert.ok((await take.finish()) === had);
  assert.ok(samples().length < had, "its room went to the audio file");
});

test("the end of the room is told while a minute of it is left", async (t) => {
  const perSecond = 3 * RATE + 10 * 32;
  const { take, hear, faults, files } = begin(t, 100 * perSecond);
  const heardAt = async (/** @type {string} */ code) => {
    for (let second = 0; second < 200 && !faults.includes(code); second++) {
      hear(1);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return take.frames / RATE;
  };
  const low = await heardAt("STORAGE_LOW");
  const full = await heardAt("STORAGE_FULL");
  assert.ok(full - low > 55 && full - low < 65, `${low} s, ${full} s`);
  assert.ok(full > 99);
  await take.finish();
  assert.ok(files.pcm.size < 100 * perSecond);
});

test("room that was secured and not needed is given back", async (t) => {
  const { take, hear, files, samples } = begin(t);
  hear(10);
  const had = files.pcm.size;
  await take.finish();
  assert.ok(had > 40 * 3 * RATE);
  assert.equal(files.pcm.size, 10 * 3 * RATE + 100 * 32);
  assert.equal(samples().length, 10 * RATE);
});

test("what moves is waited for, however long", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let turns = 0;
  const isDone = () => ++turns > 10_000;
  const moving = () => Math.floor(turns / 1000);
  const waited = whileItMoves({ isDone, progress: moving });
  await run(t, waited);
  await waited;
  assert.ok(turns > 10_000);
});
