import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { AudioFile } from "../../assets/js/spool/audio-file.js";
import { packetsFor, preSkipOf } from "../../assets/js/core/opus.js";
import { PcmFile } from "../../assets/js/spool/pcm-file.js";
import { readBlocks } from "../../assets/js/core/framing.js";
import { repairAudio } from "../../assets/js/spool/repair.js";
import { decode, opusPackets } from "./support/ffmpeg.mjs";
import { installEncoder } from "./support/audio-encoder.mjs";
import { memoryFile } from "./support/memory-file.mjs";
import { collect } from "./support/source.mjs";

const { codecPrivate, packets } = opusPackets(4);
const preSkip = preSkipOf(codecPrivate);
const FRAMES = 2 * 48000 + 777;

/** @param {Uint8Array[]} taken */
function spooled(taken) {
  const file = memoryFile();
  const audio = new AudioFile({ file, channels: 1 });
  audio.begin(codecPrivate);
  taken.forEach((packet) => audio.add(packet));
  return { file, audio };
}

/** @param {ReturnType<typeof memoryFile>} file */
const contents = (file) => file.contents();

test("without PCM a take keeps its whole clusters", async () => {
  const { file } = spooled(packets.slice(0, 170));
  const { frames, sizeBytes, sha256 } = await repairAudio(file, []);
  assert.equal(frames, 150 * 960 - preSkip);
  assert.equal(sizeBytes, file.size);
  assert.equal(
    sha256,
    createHash("sha256").update(contents(file)).digest("hex"),
  );
  assert.equal(decode(contents(file)).length, frames);
});

test("a take that only lacked its header is as it was meant", async () => {
  const { file, audio } = spooled(
    packets.slice(0, packetsFor(FRAMES, preSkip)),
  );
  const provisional = await file.read(0, 4096);
  await audio.finish(FRAMES);
  const meant = contents(file);
  file.overwrite(provisional, 0);
  const { frames } = await repairAudio(file, []);
  assert.equal(frames, FRAMES);
  assert.deepEqual(contents(file), meant);
});

test("repairing twice changes nothing", async () => {
  const { file } = spooled(packets.slice(0, 120));
  const first = await repairAudio(file, []);
  const second = await repairAudio(file, []);
  assert.deepEqual(second, first);
});

test("a take without any audio is told from one that has some", async () => {
  await assert.rejects(repairAudio(memoryFile(), []), { code: "TAKE_EMPTY" });
  const { file } = spooled(packets.slice(0, 30));
  await assert.rejects(repairAudio(file, [memoryFile()]), {
    code: "TAKE_EMPTY",
  });
});

/** A second in ten blocks, and the zeros that were secured ahead of more. */
function crashed() {
  const file = memoryFile();
  const pcm = new PcmFile(file, 48000);
  for (let block = 0; block < 10; block++) {
    pcm.append([new Float32Array(4800)]);
  }
  const end = file.size;
  pcm.secure();
  assert.ok(file.size > end + 500_000);
  return { file, end };
}

test("the room a crash left ahead of the PCM is given back", async (t) => {
  installEncoder(t);
  const { file: audio } = spooled(packets.slice(0, 100));
  const [one, other] = [crashed(), crashed()];
  await repairAudio(audio, [one.file, other.file]);
  assert.deepEqual([one.file.size, other.file.size], [one.end, other.end]);
  assert.equal((await collect(readBlocks(one.file))).length, 10);
});

test("only zeros are given back, not a block that was cut", async (t) => {
  installEncoder(t);
  const { file: audio } = spooled(packets.slice(0, 100));
  const { file, end } = crashed();
  file.overwrite(new Uint8Array([1]), end - 20_000);
  file.overwrite(new Uint8Array([7]), end + 9);
  await repairAudio(audio, [file]);
  assert.equal(file.size, end + 10);
});
