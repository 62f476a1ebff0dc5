import assert from "node:assert/strict";
import { test } from "node:test";
import { StudioError } from "../../assets/js/core/errors.js";
import { AudioFile } from "../../assets/js/spool/audio-file.js";
import { packetsFor, preSkipOf } from "../../assets/js/core/opus.js";
import { scanWebm } from "../../assets/js/core/webm-scan.js";
import { decode, opusPackets } from "./support/ffmpeg.mjs";
import { memoryFile } from "./support/memory-file.mjs";

const { codecPrivate, packets } = opusPackets(4);
const preSkip = preSkipOf(codecPrivate);
const FRAMES = 3 * 48000 + 777;
const NEEDED = packetsFor(FRAMES, preSkip);

/**
 * @param {AudioFile} audio
 * @param {Uint8Array[]} more
 */
function record(audio, more) {
  audio.begin(codecPrivate);
  more.forEach((packet) => audio.add(packet));
}

/** @param {ReturnType<typeof memoryFile>} file */
const contents = (file) => file.contents();

test("a take written packet by packet plays exactly its frames", async () => {
  const file = memoryFile();
  const audio = new AudioFile({ file, channels: 1 });
  record(audio, packets.slice(0, NEEDED));
  await audio.finish(FRAMES);
  assert.equal(decode(contents(file)).length, FRAMES);
  assert.deepEqual(audio.flushed, {
    bytes: file.size,
    seconds: FRAMES / 48000,
  });
});

test("what counts as flushed ends with a cluster and survives a crash", async () => {
  const file = memoryFile();
  const audio = new AudioFile({ file, channels: 1 });
  record(audio, packets.slice(0, 120));
  assert.equal(audio.flushed.bytes, 0);
  await audio.flush();
  const { bytes, seconds } = audio.flushed;
  record(audio, packets.slice(120, 170));
  file.crash();
  assert.equal(file.size, bytes);
  assert.equal((await scanWebm(file))?.position, bytes);
  assert.equal(seconds, (100 * 960 - preSkip) / 48000);
});

test("it goes on from a cut as if there had been none", async () => {
  const whole = memoryFile();
  const unbroken = new AudioFile({ file: whole, channels: 1 });
  record(unbroken, packets.slice(0, NEEDED));
  await unbroken.finish(FRAMES);

  const file = memoryFile();
  const before = new AudioFile({ file, channels: 1 });
  record(before, packets.slice(0, 130));
  file.append(new Uint8Array([0x1f, 0x43, 0xb6]));
  const scan = await scanWebm(file);
  const after = new AudioFile({ file, channels: 1, from: scan });
  record(after, packets.slice(scan?.packets, NEEDED));
  await after.finish(FRAMES);
  assert.deepEqual(contents(file), contents(whole));
});

test("on a full disk it asks for room and then loses nothing", async () => {
  const file = memoryFile({ room: 9000 });
  let asked = 0;
  const audio = new AudioFile({
    file,
    channels: 1,
    makeRoom() {
      asked++;
      file.disk.room += 5000;
      return true;
    },
  });
  record(audio, packets.slice(0, NEEDED));
  await audio.finish(FRAMES);
  assert.ok(asked > 0);
  assert.equal(decode(contents(file)).length, FRAMES);
});

test("a disk that fails is not asked for room", async () => {
  const file = memoryFile();
  const append = () => {
    throw new StudioError("SPOOL_FAILED");
  };
  const audio = new AudioFile({
    file: { ...file, append },
    channels: 1,
    makeRoom: () => assert.fail("room was made"),
  });
  assert.throws(() => record(audio, packets), { code: "SPOOL_FAILED" });
});

test("without any room it says so, and its clusters can be recovered", async () => {
  const file = memoryFile({ room: 20_000 });
  const audio = new AudioFile({ file, channels: 1 });
  assert.throws(() => record(audio, packets), { code: "STORAGE_FULL" });
  const scan = await scanWebm(file);
  assert.equal(scan?.position, file.size);
  assert.ok(Number(scan?.packets) >= 50);
});

test("without a packet there is nothing to finish", async () => {
  const audio = new AudioFile({ file: memoryFile(), channels: 1 });
  await assert.rejects(audio.finish(1), { code: "ENCODER_FAILED" });
});
