import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CLUSTER_PACKETS,
  HEADER_BYTES,
  createWebmWriter,
} from "../../assets/js/core/webm.js";
import { concat } from "../../assets/js/core/ebml.js";
import { packetsFor, preSkipOf } from "../../assets/js/core/opus.js";
import { decode, opusPackets, probe } from "./support/ffmpeg.mjs";

const { codecPrivate, packets } = opusPackets(12);
const track = { codecPrivate, channels: 1 };
const preSkip = preSkipOf(codecPrivate);

/** @param {number} frames */
function write(frames) {
  const writer = createWebmWriter(track);
  const body = [];
  for (const packet of packets.slice(0, packetsFor(frames, preSkip))) {
    body.push(writer.add(packet) ?? new Uint8Array(0));
  }
  const live = concat([writer.header(), ...body]);
  const { tail, header } = writer.finish(frames);
  return { live, header, bytes: concat([header, ...body, tail]) };
}

test("A finished take plays exactly its frames", () => {
  for (const frames of [649, 1608, 47688, 48000, 100_001, 480_000]) {
    const { bytes } = write(frames);
    const seconds = frames / 48000;
    assert.ok(Math.abs(probe(bytes).duration - seconds) < 1e-6);
    assert.equal(decode(bytes).length, frames, `${frames} frames`);
  }
});

test("A finished take is Opus in WebM and names its channels", () => {
  const { format, stream } = probe(write(48000).bytes);
  assert.match(format, /webm/);
  assert.equal(stream.codec_name, "opus");
  assert.equal(stream.sample_rate, "48000");
  assert.equal(stream.channels, 1);
});

test("The final header has the length of the provisional one", () => {
  const { live, header } = write(480_000);
  assert.equal(header.length, HEADER_BYTES);
  assert.notDeepEqual(live.slice(0, HEADER_BYTES), header);
});

test("A take that was never finished plays up to its last cluster", () => {
  const { live } = write(480_000);
  assert.equal(decode(live).length, 10 * 48000 - preSkip);
});

test("Seeking by Cues arrives at the right packet", () => {
  const { bytes } = write(480_000);
  const whole = decode(bytes);
  const part = decode(bytes, "audio.webm", ["-ss", "6"]);
  assert.ok(Math.abs(part.length - (whole.length - 6 * 48000)) < 480);
  assert.deepEqual(part.slice(-24000), whole.slice(-24000));
});

test("A cluster comes with the packet after its last", () => {
  const writer = createWebmWriter(track);
  for (let i = 0; i < CLUSTER_PACKETS; i++) {
    assert.equal(writer.add(packets[i]), null);
  }
  const cluster = writer.add(packets[CLUSTER_PACKETS]);
  assert.equal(writer.position, HEADER_BYTES + (cluster?.length ?? 0));
  assert.equal(writer.packets, CLUSTER_PACKETS + 1);
});

test("Frames that do not end in the last packet are refused", () => {
  const writer = createWebmWriter(track);
  writer.add(packets[0]);
  assert.throws(() => writer.finish(649), RangeError);
  assert.throws(() => createWebmWriter(track).finish(1), RangeError);
});

test("Both channels of a stereo take are kept", () => {
  const stereo = opusPackets(1, 2);
  const writer = createWebmWriter({
    codecPrivate: stereo.codecPrivate,
    channels: 2,
  });
  const body = stereo.packets.slice(0, 50).map((p) => writer.add(p));
  const { tail, header } = writer.finish(47688);
  const clusters = body.filter((cluster) => cluster !== null);
  const bytes = concat([header, ...clusters, tail]);
  assert.equal(probe(bytes).stream.channels, 2);
  assert.equal(decode(bytes).length, 2 * 47688);
});
