import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { PcmFile } from "../../assets/js/spool/pcm-file.js";
import { Take } from "../../assets/js/spool/take.js";
import { concat } from "../../assets/js/core/ebml.js";
import { repairWav } from "../../assets/js/spool/repair-wav.js";
import {
  scanWav,
  wavBytes,
  wavHeader,
  wavSamples,
} from "../../assets/js/core/wav.js";
import { decode, probe } from "./support/ffmpeg.mjs";
import { memoryFile } from "./support/memory-file.mjs";
import { sourceOf } from "./support/source.mjs";

const RATE = 44_100;
const SOUND = { rate: RATE, channels: 2 };

/** @param {number} frames @param {number} [from] */
function heard(frames, from = 0) {
  const tone = (/** @type {number} */ step) =>
    Float32Array.from(
      { length: frames },
      (_, i) => Math.sin((from + i) * step) / 2,
    );
  return [tone(0.01), tone(0.02)];
}

/** @param {ReturnType<typeof memoryFile>} file */
const contents = (file) => file.contents();

/** @param {Uint8Array} bytes */
const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

test("a WAV is what others read, sample by sample", () => {
  const channels = heard(RATE);
  const bytes = concat([wavHeader(SOUND, RATE), wavSamples(channels)]);
  assert.equal(bytes.length, wavBytes(SOUND, RATE));
  const { duration, format, stream } = probe(bytes, "take.wav");
  assert.deepEqual([format, duration], ["wav", 1]);
  const { codec_name: codec, sample_rate: rate, channels: count } = stream;
  assert.deepEqual([codec, rate, count], ["pcm_s24le", "44100", 2]);
  const samples = decode(bytes, "take.wav");
  assert.equal(samples.length, 2 * RATE);
  for (let i = 0; i < RATE; i += 997) {
    const wanted = channels.map((samples) => samples[i] * 32_768);
    const got = [samples[2 * i], samples[2 * i + 1]];
    got.forEach((value, n) => assert.ok(Math.abs(value - wanted[n]) <= 1));
  }
});

test("a WAV that was cut, with its first header, lasts to its end", () => {
  const bytes = concat([wavHeader(SOUND, null), wavSamples(heard(RATE))]);
  const { duration, stream } = probe(bytes, "take.wav");
  assert.equal(stream.codec_name, "pcm_s24le");
  assert.equal(duration, 1);
});

test("beyond 4 GiB the sizes are those of RF64", () => {
  const frames = 8 * 3600 * RATE;
  const header = wavHeader(SOUND, frames);
  assert.equal(header.length, 4096);
  const { duration } = probe(header, "take.wav");
  assert.equal(duration, 8 * 3600);
  const text = (/** @type {number} */ at) =>
    new TextDecoder().decode(header.subarray(at, at + 4));
  assert.deepEqual([text(0), text(12), text(4088)], ["RF64", "ds64", "data"]);
});

test("of a WAV that was cut whole frames count that were flushed", async () => {
  const bytes = concat([wavHeader(SOUND, null), wavSamples(heard(100))]);
  const known = { channels: 2, bytes: Infinity };
  for (let cut = 0; cut < bytes.length; cut++) {
    const scan = await scanWav(sourceOf(bytes.subarray(0, cut)), known);
    const frames = cut < 4096 ? undefined : Math.floor((cut - 4096) / 6);
    assert.equal(scan?.frames, frames);
  }
  const flushed = { channels: 2, bytes: 4096 + 61 };
  assert.equal((await scanWav(sourceOf(bytes), flushed))?.frames, 10);
});

/**
 * A take in WAV, of so many frames; each tenth of a second is a block.
 *
 * @param {number} [frames]
 * @param {number} [room]  bytes for its audio file
 */
function record(frames = 0, room = Infinity) {
  const files = { audio: memoryFile({ room }), pcm: memoryFile() };
  /** @type {string[]} */
  const faults = [];
  const take = new Take({
    ...SOUND,
    format: "wav",
    files,
    onPeaks: () => undefined,
    onFlushed: () => undefined,
    onFault: (code) => faults.push(code),
    onGap: () => undefined,
  });
  for (let first = 0; first < frames; first += RATE / 10) {
    take.push({ first, channels: heard(RATE / 10, first) });
  }
  return { take, files, faults };
}

test("a lossless take is its PCM, without an encoder", async () => {
  const { take, files, faults } = record(3 * RATE);
  assert.equal(await take.finish(), 3 * 48_000);
  const whole = [wavHeader(SOUND, 3 * RATE), wavSamples(heard(3 * RATE))];
  assert.equal(digest(contents(files.audio)), digest(concat(whole)));
  assert.deepEqual(faults, []);
});

test("no more of a lossless take counts as flushed than its PCM", async () => {
  const { take, files } = record(RATE / 2);
  const { flush } = files.pcm;
  files.pcm.flush = async () => {
    await flush();
    take.push({ first: RATE / 2, channels: heard(100, RATE / 2) });
  };
  await take.flush();
  const { bytes, seconds } = take.flushed;
  assert.deepEqual([bytes, seconds], [wavBytes(SOUND, RATE / 2), 0.5]);
  assert.equal(files.audio.size, bytes + 600);
});

test("a lossless take whose file failed is made from its PCM", async () => {
  const { take, files, faults } = record(3 * RATE, wavBytes(SOUND, RATE));
  assert.deepEqual(faults, ["STORAGE_FULL"]);
  const had = take.frames;
  assert.ok(had > RATE && had < 3 * RATE);
  await assert.rejects(take.finish(), { code: "STORAGE_FULL" });
  files.audio.disk.room = Infinity;
  const bytesFlushed = take.flushed.bytes;
  const noted = { ...SOUND, bytesFlushed };
  const { frames, sha256 } = await repairWav(files.audio, [files.pcm], noted);
  assert.equal(frames, (had * 48_000) / RATE);
  const whole = [wavHeader(SOUND, had), wavSamples(heard(had))];
  assert.equal(sha256, digest(concat(whole)));
});

test("what a WAV cannot be completed with is told, not left out", async () => {
  const { take, files } = record(RATE);
  await take.finish();
  const noted = { ...SOUND, bytesFlushed: 0 };
  const room = wavBytes(SOUND, RATE / 2);
  const audio = memoryFile({ room });
  await assert.rejects(repairWav(audio, [files.pcm], noted), {
    code: "STORAGE_FULL",
  });
});

test("what comes after the end of a lossless take is not in it", async () => {
  const { take, files } = record(RATE);
  const finished = take.finish();
  take.push({ first: RATE, channels: heard(1001, RATE) });
  await finished;
  const whole = [wavHeader(SOUND, RATE), wavSamples(heard(RATE))];
  assert.equal(digest(contents(files.audio)), digest(concat(whole)));
});

test("a lossless take that was cut anywhere is made from its PCM", async () => {
  const { take, files } = record(2 * RATE);
  await take.finish();
  const whole = contents(files.audio);
  const pcm = contents(files.pcm);
  for (const cut of [0, 17, 4096, 4101, 90_000, whole.length - 1]) {
    const audio = memoryFile();
    audio.append(whole.slice(0, cut));
    audio.append(new Uint8Array(777));
    const blocks = memoryFile();
    blocks.append(pcm);
    const noted = { ...SOUND, bytesFlushed: cut };
    const { frames, sha256 } = await repairWav(audio, [blocks], noted);
    assert.equal(frames, 2 * 48_000);
    assert.equal(sha256, digest(whole));
  }
});

test("a lossless take without any audio is told from one that has some", async () => {
  const noted = { ...SOUND, bytesFlushed: 4096 };
  const empty = repairWav(memoryFile(), [memoryFile()], noted);
  await assert.rejects(empty, { code: "TAKE_EMPTY" });
  const pcm = memoryFile();
  new PcmFile(pcm, RATE).append(heard(100));
  const { frames } = await repairWav(memoryFile(), [pcm], noted);
  assert.equal(Math.round((frames * RATE) / 48_000), 100);
});

test("an odd number of bytes is filled up, as RIFF wants it", async () => {
  const pcm = memoryFile();
  new PcmFile(pcm, RATE).append([new Float32Array(3).fill(0.5)]);
  const mono = { rate: RATE, channels: 1, bytesFlushed: 0 };
  const audio = memoryFile();
  await repairWav(audio, [pcm], mono);
  assert.equal(audio.size, 4096 + 9 + 1);
  assert.equal(decode(contents(audio), "take.wav").length, 3);
});

test("a minute is secured for both files of a lossless take", async () => {
  const rate = 8000;
  const perSecond = 3 * rate;
  const files = { audio: memoryFile(), pcm: memoryFile() };
  const { audio, pcm } = files;
  const shared = (/** @type {typeof audio} */ other) => ({
    get: () => 300 * perSecond - other.size,
  });
  Object.defineProperty(audio.disk, "room", shared(pcm));
  Object.defineProperty(pcm.disk, "room", shared(audio));
  /** @type {Map<string, number>} */
  const faults = new Map();
  const take = new Take({
    rate,
    channels: 1,
    format: "wav",
    files,
    onPeaks: () => undefined,
    onFlushed: () => undefined,
    onFault: (code) => faults.set(code, take.frames / rate),
    onGap: () => undefined,
  });
  const channels = [new Float32Array(rate).fill(0.5)];
  for (let second = 0; second < 200; second++) {
    take.push({ first: second * rate, channels });
    await new Promise((resolve) => setImmediate(resolve));
  }
  const low = faults.get("STORAGE_LOW") ?? NaN;
  const full = faults.get("STORAGE_FULL") ?? NaN;
  assert.ok(full - low > 55 && full - low < 65, `${low} s, ${full} s`);
  assert.ok(full > 147, `${full} s`);
});
