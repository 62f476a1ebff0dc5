import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { scanWebm } from "../../assets/js/core/webm-scan.js";
import { RATE, begin, turns } from "./support/take.mjs";

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

test("a disk that is found full by a flush is asked for room first", async (t) => {
  let spare = 2;
  const freeRoom = async () => {
    const isThere = spare > 0;
    spare -= isThere ? 1 : 0;
    return isThere;
  };
  const { take, files, hear, faults } = begin(t, Infinity, undefined, freeRoom);
  // As in a database: what was appended waits in memory until there is room.
  const { flush } = files.pcm;
  files.pcm.flush = async () => {
    if (files.pcm.size > (20 - 10 * spare) * 3 * RATE) {
      throw new StudioError("STORAGE_FULL");
    }
    await flush();
  };
  files.pcm.grow = () => undefined;
  hear(9);
  await take.flush();
  assert.deepEqual([spare, faults, take.framesFlushed], [1, [], 9 * RATE]);
  hear(9);
  await take.flush();
  assert.deepEqual([spare, faults, take.framesFlushed], [0, [], 18 * RATE]);
  hear(3);
  await take.flush();
  assert.deepEqual([faults, take.framesFlushed], [["STORAGE_FULL"], 19 * RATE]);
});
