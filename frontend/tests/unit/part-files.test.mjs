import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../../assets/js/core/ebml.js";
import { packetsFor, preSkipOf } from "../../assets/js/core/opus.js";
import { WHOLE } from "../../assets/js/core/parts.js";
import { wavHeader, wavSamples } from "../../assets/js/core/wav.js";
import { openWavPart } from "../../assets/js/core/wav-part.js";
import { createWebmWriter } from "../../assets/js/core/webm.js";
import { openWebmPart } from "../../assets/js/core/webm-part.js";
import { decode, opusPackets, probe } from "./support/ffmpeg.mjs";

const SECONDS = 23;

/** Of 32,768: what a decoder that has begun elsewhere may be off. */
const MOST_DIFFERENCE = 2;
const { codecPrivate, packets } = opusPackets(SECONDS + 1);
const preSkip = preSkipOf(codecPrivate);
const frames = SECONDS * 48_000 + 517;

/** A take as it is on the device. */
function makeWebm() {
  const writer = createWebmWriter({ codecPrivate, channels: 1 });
  const body = [];
  for (const packet of packets.slice(0, packetsFor(frames, preSkip))) {
    body.push(writer.add(packet) ?? new Uint8Array(0));
  }
  const { tail, header } = writer.finish(frames);
  return concat([header, ...body, tail]);
}

/** @param {Uint8Array} file */
const reader = (file) =>
  /** @type {import("../../assets/js/core/webm-part.js").Read} */
  (async (from, to) => file.slice(from, to));

/**
 * All parts of a file, none larger than that.
 *
 * @param {Uint8Array} file
 * @param {number} most
 * @param {typeof openWebmPart | typeof openWavPart} open
 */
async function cut(file, most, open) {
  const read = reader(file);
  const parts = [];
  /** @type {{from: number, before: number | null, to: number | null}} */
  let place = WHOLE;
  for (;;) {
    const whole = await open(read, place);
    assert.ok(whole);
    await whole.grow(file.length);
    whole.close();
    if (whole.size <= most) {
      parts.push(whole);
      break;
    }
    const end = whole.cutAt(most);
    assert.ok(end);
    const part = await open(read, place);
    await part?.grow(end.to);
    part?.close();
    parts.push(part ?? whole);
    place = { from: end.to, before: end.before, to: null };
  }
  return Promise.all(
    parts.map(async (part) => ({
      part,
      bytes: await part.read(0, part.size),
    })),
  );
}

test("parts of a take are WebM of their own, and together the take", async () => {
  const file = makeWebm();
  const most = 4096 + 60_000;
  const parts = await cut(file, most, openWebmPart);
  assert.ok(parts.length > 2);
  const whole = decode(file);
  let at = 0;
  for (const [place, { part, bytes }] of parts.entries()) {
    assert.ok(bytes.length <= most);
    assert.ok(Math.abs(probe(bytes).duration - part.length) < 1e-6);
    const heard = decode(bytes);
    assert.equal(heard.length, Math.round(part.length * 48_000));
    const differ = heard.findIndex(
      (value, i) => Math.abs(value - whole[at + i]) > MOST_DIFFERENCE,
    );
    assert.equal(differ, -1, `part ${place + 1}`);
    at += heard.length;
    assert.ok(Math.abs(part.seconds - at / 48_000) < 1e-9);
  }
  assert.equal(at, frames);
});

test("a part can be read anywhere, and while it grows", async () => {
  const file = makeWebm();
  const [, { bytes }] = await cut(file, 64_096, openWebmPart);
  const first = await openWebmPart(reader(file), WHOLE);
  await first?.grow(file.length);
  const end = first?.cutAt(64_096);
  assert.ok(end);
  const place = { from: end.to, before: end.before };
  const part = await openWebmPart(reader(file), place);
  assert.ok(part);
  assert.ok(part.isEmpty);
  const header = await part.read(0, 4096);
  assert.equal(header.length, 4096);
  let had = 4096;
  for (let to = end.to; to < file.length && part.size < bytes.length;) {
    to += 7919;
    await part.grow(Math.min(to, file.length));
    const size = Math.min(part.size, bytes.length - 500);
    assert.deepEqual(
      await part.read(had, Math.max(had, size)),
      bytes.slice(had, Math.max(had, size)),
    );
    had = Math.max(had, size);
  }
  assert.ok(had > 60_000);
});

test("parts of a lossless take are its frames, each with a header of its own", async () => {
  const sound = { rate: 44_100, channels: 1 };
  const samples = Float32Array.from({ length: 50_001 }, (_, i) =>
    Math.sin(i / 9),
  );
  const file = concat([
    wavHeader(sound, samples.length),
    wavSamples([samples]),
    new Uint8Array(1),
  ]);
  const parts = await cut(file, 40_001, openWavPart);
  assert.equal(parts.length, 5);
  /** @type {number[]} */
  const joined = [];
  for (const { bytes } of parts) {
    assert.ok(bytes.length <= 40_001);
    assert.equal(bytes.length % 2, 0);
    const size = new DataView(bytes.buffer).getUint32(4092, true);
    joined.push(...bytes.slice(4096, 4096 + size));
  }
  assert.deepEqual(joined, [...wavSamples([samples])]);
});

test("nothing of a file is cut that is none of ours", async () => {
  const foreign = reader(new Uint8Array(9000).fill(1));
  assert.equal(await openWebmPart(foreign, WHOLE), null);
  assert.equal(await openWavPart(foreign, WHOLE), null);
});
