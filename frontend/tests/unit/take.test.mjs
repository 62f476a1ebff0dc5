import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { Take } from "../../assets/js/spool/take.js";
import { readBlocks } from "../../assets/js/core/framing.js";
import { scanWebm } from "../../assets/js/core/webm-scan.js";
import { whileItMoves } from "../../assets/js/spool/patience.js";
import { installEncoder } from "./support/audio-encoder.mjs";
import { memoryFile } from "./support/memory-file.mjs";
import { collect } from "./support/source.mjs";

const RATE = 48000;

/**
 * A take on a disk in memory.
 *
 * @param {import("node:test").TestContext} t
 * @param {number} [room]  bytes for its PCM
 * @param {object} [before]  what there is of it
 * @param {ReturnType<typeof memoryFile>} before.audio
 * @param {import("../../assets/js/spool/take.js").Past} before.past
 * @param {import("../../assets/js/spool/room.js").FreeRoom} [freeRoom]
 */
function begin(t, room = Infinity, before, freeRoom) {
  const encoder = installEncoder(t);
  const pcm = memoryFile({ room });
  const files = { audio: before?.audio ?? memoryFile(), pcm };
  /** @type {string[]} */
  const faults = [];
  /** @type {object[]} */
  const gaps = [];
  let drawn = 0;
  const flushes = { count: 0 };
  const take = new Take({
    rate: RATE,
    channels: 1,
    files,
    past: before?.past,
    freeRoom,
    onPeaks: ({ from, min }) => (drawn = from + min.length),
    onFlushed: () => flushes.count++,
    onFault: (code) => faults.push(code),
    onGap: (gap) => gaps.push(gap),
  });
  let frame = before?.past.frames ?? 0;
  /** @param {number} seconds @param {number} [lost] seconds before it */
  function hear(seconds, lost = 0) {
    frame += lost * RATE;
    for (let end = frame + seconds * RATE; frame < end; frame += RATE / 10) {
      const channels = [new Float32Array(RATE / 10).fill(0.5)];
      take.push({ first: frame, channels });
    }
  }
  const samples = async () =>
    (await collect(readBlocks(files.pcm))).flatMap(({ channels }) => [
      ...channels[0],
    ]);
  const points = () => drawn;
  const heard = { faults, gaps, flushes, samples, points };
  return { take, encoder, files, hear, ...heard };
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
  assert.equal((await samples()).length, 22 * RATE);
});

test("a full disk ends a take and keeps what was before", async (t) => {
  const { take, hear, samples, faults } = begin(t, 2 * RATE * 3);
  hear(5);
  assert.deepEqual(faults, ["STORAGE_LOW", "STORAGE_FULL"]);
  const had = take.frames;
  assert.ok(had >= 1.9 * RATE && had < 2 * RATE);
  assert.ok((await take.finish()) === had);
  assert.equal((await samples()).length, had, "nobody needed its room");
});

/**
 * Lets the audio file have no more than so many bytes, unless the PCM becomes
 * shorter than it was when the disk got full.
 *
 * @param {ReturnType<typeof begin>["files"]} files
 * @param {number} room
 * @param {boolean} isGivenBack  what the PCM gives; not by a quota
 */
function limit({ audio, pcm }, room, isGivenBack) {
  const { append } = audio;
  let most = 0;
  audio.append = (bytes) => {
    most = Math.max(most, pcm.size);
    const given = isGivenBack ? most - pcm.size : 0;
    if (audio.size + bytes.length > room + given) {
      throw new StudioError("STORAGE_FULL");
    }
    append(bytes);
  };
}

/** Packets are encoded meanwhile. */
const turns = () => new Promise((resolve) => setTimeout(resolve, 50));

test("a quota that is used up in mid-take costs no PCM", async (t) => {
  const { take, files, hear, samples, faults } = begin(t);
  limit(files, 5000, false);
  hear(20);
  await turns();
  hear(1);
  assert.deepEqual(faults, ["STORAGE_FULL"]);
  await assert.rejects(take.finish(), { code: "STORAGE_FULL" });
  assert.equal((await samples()).length, 20 * RATE);
});

test("the end of the audio file may have room of the last PCM", async (t) => {
  const { take, files, hear, samples, faults } = begin(t, 20.5 * RATE * 3);
  hear(21);
  assert.deepEqual(faults, ["STORAGE_LOW", "STORAGE_FULL"]);
  const { frames } = take;
  const { audio, pcm } = files;
  const { truncate } = pcm;
  const { flush } = audio;
  let safe = -1;
  audio.flush = async () => {
    await flush();
    safe = audio.size;
  };
  pcm.truncate = (length) => {
    const isWhole = length > frames * 3;
    assert.ok(isWhole || safe === audio.size, "given before it was flushed");
    truncate(length);
    if (isWhole) {
      limit(files, audio.size, true);
    }
  };
  assert.equal(await take.finish(), frames);
  const packets = Math.ceil((frames + 312) / 960);
  assert.equal((await scanWebm(audio))?.packets, packets);
  assert.ok((await samples()).length < frames);
});

test("PCM that was given in vain is there again", async (t) => {
  const { take, files, hear, samples } = begin(t, 20.5 * RATE * 3);
  hear(21);
  await turns();
  const { frames } = take;
  limit(files, files.audio.size, false);
  await assert.rejects(take.finish(), { code: "STORAGE_FULL" });
  assert.equal((await samples()).length, frames);
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
  assert.equal(files.pcm.size, 100 * perSecond, "none of it is given away");
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

test("a disk that is found full by a flush ends a take, told once", async (t) => {
  const { take, files, flushes, hear, faults } = begin(t);
  hear(20);
  await take.flush();
  const { count } = flushes;
  const { flush } = files.pcm;
  files.pcm.flush = async () => {
    if (files.pcm.size > 19 * 3 * RATE) {
      throw new StudioError("STORAGE_FULL");
    }
    await flush();
  };
  hear(3);
  await take.flush();
  hear(3);
  await take.flush();
  assert.deepEqual(faults, ["STORAGE_FULL"]);
  assert.equal(flushes.count, count, "what is not safe is not told as safe");
  assert.equal(await take.finish(), 23 * RATE);
});

test("room that was secured and not needed is given back", async (t) => {
  const { take, hear, files, samples } = begin(t);
  hear(10);
  const had = files.pcm.size;
  await take.finish();
  assert.ok(had > 40 * 3 * RATE);
  assert.equal(files.pcm.size, 10 * 3 * RATE + 100 * 32);
  assert.equal((await samples()).length, 10 * RATE);
});

test("a take goes on after an interruption, which is silence", async (t) => {
  const first = begin(t);
  first.hear(3.4);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await first.take.flush();
  const { audio, pcm } = first.files;
  audio.crash();
  const scan = await scanWebm(audio, { isOpen: true });
  assert.ok(scan && scan.packets >= 100);
  const past = { scan, frames: 3.4 * RATE };

  const next = begin(t, Infinity, { audio, past });
  await next.take.replay([pcm]);
  assert.equal(next.take.frames, 3.4 * RATE);
  assert.equal(next.points(), 68);
  next.hear(2, 0.5);
  assert.equal(await next.take.finish(), 5.9 * RATE);
  assert.deepEqual(next.faults, []);
  assert.deepEqual(next.gaps, [
    { frame: 3.4 * RATE, frames: RATE / 2, silent: RATE / 2 },
  ]);
  const packets = Math.ceil((5.9 * RATE + 312) / 960);
  assert.equal((await scanWebm(audio))?.packets, packets);
  const blocks = await collect(readBlocks(next.files.pcm));
  assert.equal(blocks[0].first, 3.4 * RATE);
  assert.equal((await next.samples()).length, 2.5 * RATE);
});

test("what goes on after PCM that was lost is all in the audio", async (t) => {
  const first = begin(t);
  first.hear(4);
  await turns();
  const { audio, pcm } = first.files;
  const scan = await scanWebm(audio, { isOpen: true });
  assert.ok(scan && scan.packets >= 150);
  pcm.truncate(RATE * 3);
  const past = { scan, frames: scan.packets * 960 - 312 };
  const next = begin(t, Infinity, { audio, past });
  await next.take.replay([pcm]);
  next.hear(2);
  const frames = past.frames + 2 * RATE;
  assert.equal(await next.take.finish(), frames);
  const packets = Math.ceil((frames + 312) / 960);
  assert.equal((await scanWebm(audio))?.packets, packets);
  assert.deepEqual(next.faults, []);
});

test("a take goes on though none of it was encoded yet", async (t) => {
  const first = begin(t);
  first.hear(0.3);
  const past = { scan: null, frames: 0.3 * RATE };
  const { audio, pcm } = first.files;
  audio.truncate(0);
  const next = begin(t, Infinity, { audio, past });
  await next.take.replay([pcm]);
  next.hear(1);
  assert.equal(await next.take.finish(), 1.3 * RATE);
  assert.deepEqual(next.gaps, []);
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

test("that a disk is nearly full is told once nothing is left that may go", async (t) => {
  const spare = [1, 2].map((times) => times * 40 * RATE * 3);
  const { files, hear, faults } = begin(
    t,
    10 * RATE * 3,
    undefined,
    async () => {
      const more = spare.shift();
      files.pcm.disk.room += more ?? 0;
      return more !== undefined;
    },
  );
  const soon = () => new Promise((resolve) => setImmediate(resolve));
  /** @param {number} seconds */
  async function hearFor(seconds) {
    for (let second = 0; second < seconds; second += 1) {
      hear(1);
      await soon();
    }
  }
  await hearFor(50);
  assert.deepEqual([spare, faults], [[], []]);
  await hearFor(40);
  assert.deepEqual(faults, ["STORAGE_LOW"]);
});
