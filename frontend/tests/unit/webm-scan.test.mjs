import assert from "node:assert/strict";
import { test } from "node:test";
import { HEADER_BYTES, createWebmWriter } from "../../assets/js/core/webm.js";
import { concat } from "../../assets/js/core/ebml.js";
import { packetsFor, preSkipOf } from "../../assets/js/core/opus.js";
import { scanWebm } from "../../assets/js/core/webm-scan.js";
import { sourceOf } from "./support/source.mjs";
import { decode, opusPackets, probe } from "./support/ffmpeg.mjs";

const { codecPrivate, packets } = opusPackets(8);
const track = { codecPrivate, channels: 1 };
const preSkip = preSkipOf(codecPrivate);
const FRAMES = 7 * 48000 + 1234;

/**
 * The take as it lies on the device, and where its clusters end.
 *
 * @param {number} [frames]
 */
function record(frames = FRAMES) {
  const writer = createWebmWriter(track);
  const ends = [HEADER_BYTES];
  const parts = [writer.header()];
  for (const packet of packets.slice(0, packetsFor(frames, preSkip))) {
    const cluster = writer.add(packet);
    if (cluster) {
      parts.push(cluster);
      ends.push(writer.position);
    }
  }
  const { tail, header } = writer.finish(frames);
  return { live: concat([...parts, tail]), header, ends, end: writer.position };
}

const take = record();
const finished = concat([take.header, take.live.subarray(HEADER_BYTES)]);

test("A file cut anywhere is read up to its last whole cluster", async () => {
  const short = record(130_000);
  for (let cut = HEADER_BYTES; cut < short.end; cut++) {
    const found = await scanWebm(sourceOf(short.live.subarray(0, cut)));
    const whole = short.ends.filter((end) => end <= cut);
    assert.equal(found?.position, whole.at(-1), `cut at ${cut}`);
    assert.equal(found?.packets, 50 * (whole.length - 1), `cut at ${cut}`);
  }
});

test("Without a whole header there is nothing to go on from", async () => {
  for (let cut = 0; cut < HEADER_BYTES; cut++) {
    assert.equal(await scanWebm(sourceOf(take.live.subarray(0, cut))), null);
  }
});

test("Zeros or noise after a cut are not taken for audio", async () => {
  for (const fill of [0, 0xa3, 0x1f]) {
    const bytes = take.live.slice(0, take.end);
    bytes.fill(fill, take.ends[3] + 100);
    assert.equal((await scanWebm(sourceOf(bytes)))?.position, take.ends[3]);
  }
});

test("A take cut anywhere goes on to the same bytes", async () => {
  for (const end of [...take.ends, take.ends[2] + 1]) {
    const cut = take.live.subarray(0, end);
    const state = await scanWebm(sourceOf(cut));
    assert.ok(state);
    const writer = createWebmWriter(state.track, state);
    const needed = packetsFor(FRAMES, preSkip);
    const more = packets
      .slice(state.packets, needed)
      .map((packet) => writer.add(packet) ?? new Uint8Array(0));
    const { tail, header } = writer.finish(FRAMES);
    const kept = cut.subarray(HEADER_BYTES, state.position);
    assert.deepEqual(concat([header, kept, ...more, tail]), finished);
  }
});

test("A cut take closed at its last cluster plays all of it", async () => {
  const state = await scanWebm(
    sourceOf(take.live.subarray(0, take.ends[6] + 77)),
  );
  assert.ok(state);
  const frames = state.packets * 960 - preSkip;
  const { tail, header } = createWebmWriter(state.track, state).finish(frames);
  const kept = take.live.subarray(HEADER_BYTES, state.position);
  const bytes = concat([header, kept, tail]);
  assert.equal(decode(bytes).length, frames);
  assert.ok(Math.abs(probe(bytes).duration - frames / 48000) < 1e-6);
});

test("A crash between Cues and header loses nothing", async () => {
  for (const cut of [take.end, take.end + 3, take.live.length]) {
    const state = await scanWebm(sourceOf(take.live.subarray(0, cut)));
    assert.ok(state);
    assert.equal(state.packets, packetsFor(FRAMES, preSkip));
    const writer = createWebmWriter(state.track, state);
    const { tail, header } = writer.finish(FRAMES);
    const kept = take.live.subarray(HEADER_BYTES, state.position);
    assert.deepEqual(concat([header, kept, tail]), finished);
  }
});

test("A finished file scans to what was written", async () => {
  const state = await scanWebm(sourceOf(finished));
  assert.deepEqual(state?.track, track);
  assert.equal(state?.position, take.end);
  assert.deepEqual(
    state?.cues.map(({ packet }) => packet),
    [0, 250],
  );
});

test("A finished file is open again up to the cluster that closed it", async () => {
  const open = await scanWebm(sourceOf(finished), { isOpen: true });
  assert.equal(open?.padding, null);
  assert.equal(open?.position, take.ends.at(-1));
  assert.equal(open?.packets, 50 * (take.ends.length - 1));
});
