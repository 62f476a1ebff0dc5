import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { AudioFile } from "../../assets/js/spool/audio-file.js";
import { packetsFor, preSkipOf } from "../../assets/js/core/opus.js";
import { repairAudio } from "../../assets/js/spool/repair.js";
import { decode, opusPackets } from "./support/ffmpeg.mjs";
import { memoryFile } from "./support/memory-file.mjs";

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
const contents = (file) => file.read(0, file.size);

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
  const provisional = file.read(0, 4096);
  audio.finish(FRAMES);
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
