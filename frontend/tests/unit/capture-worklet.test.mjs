import assert from "node:assert/strict";
import { test } from "node:test";

const RATE = 44100;

/** @type {any} */
const scope = globalThis;
/** @type {any} */
let Processor;
scope.sampleRate = RATE;
scope.currentFrame = 0;
scope.AudioWorkletProcessor = class {
  port = { postMessage: () => undefined };
};
scope.registerProcessor = (
  /** @type {string} */ _,
  /** @type {any} */ type,
) => {
  Processor = type;
};
const script = "../../assets/js/capture/capture.worklet.js";
await import(new URL(script, import.meta.url).href);

/** A worklet whose input counts its frames up, and what it sends. */
function start(channels = 1) {
  const processor = new Processor({ processorOptions: { channels } });
  /** @type {any[]} */
  const spooled = [];
  /** @type {any[]} */
  const told = [];
  const spool = {
    postMessage: (/** @type {any} */ message) => spooled.push(message),
  };
  processor.port.postMessage = (/** @type {any} */ message) =>
    told.push(message);
  const command = (/** @type {any} */ data) =>
    processor.port.onmessage({ data });
  command({ type: "start", port: spool });
  let frame = 0;
  /** @param {number} quanta @param {number} [gain] of the second input */
  function run(quanta, gain) {
    for (let i = 0; i < quanta; i++) {
      const input = Array.from({ length: channels }, (_, channel) =>
        Float32Array.from({ length: 128 }, (_, j) => frame + j + channel * 1e6),
      );
      scope.currentFrame += 128;
      const toned = input.map((samples) => samples.map((x) => x * (gain ?? 1)));
      processor.process(gain === undefined ? [input] : [input, toned]);
      frame += 128;
    }
  }
  const blocks = () => spooled.filter(({ type }) => type === "block");
  const samples = (channel = 0) =>
    blocks().flatMap((block) => [...block.channels[channel]]);
  return { command, run, spool, spooled, told, blocks, samples };
}

/** @param {number} from @param {number} to */
const ramp = (from, to) =>
  Array.from({ length: to - from }, (_, i) => from + i);

test("every frame arrives once and in order, to the last partial block", () => {
  const take = start();
  take.run(200);
  take.command({ type: "stop" });
  assert.deepEqual(take.samples(), ramp(0, 200 * 128));
  assert.deepEqual(take.spooled.at(-1), { type: "end", frames: 200 * 128 });
  assert.equal(take.told.at(-1).type, "stopped");
});

test("blocks of 100 ms carry the number of their first frame", () => {
  const take = start();
  take.run(100);
  const firsts = take.blocks().map(({ first }) => first);
  assert.deepEqual(firsts, [0, 4410]);
});

test("both channels are kept apart", () => {
  const take = start(2);
  take.run(40);
  take.command({ type: "stop" });
  assert.deepEqual(take.samples(1), ramp(1e6, 1e6 + 40 * 128));
});

const FADE = Math.round(0.005 * RATE);

test("a pause is cut out, and nothing beside it", () => {
  const take = start();
  take.run(10);
  take.command({ type: "pause" });
  take.run(50);
  take.command({ type: "resume" });
  take.run(10);
  take.command({ type: "stop" });
  const samples = take.samples();
  const cut = 10 * 128 + FADE;
  assert.equal(samples.length, cut + 10 * 128);
  assert.deepEqual(samples.slice(0, 10 * 128), ramp(0, 10 * 128));
  const after = 60 * 128 + FADE;
  assert.deepEqual(samples.slice(cut + FADE), ramp(after, 70 * 128));
  assert.equal(take.blocks()[1].first, cut);
  const paused = take.told.find(({ type }) => type === "paused");
  assert.equal(paused.frames, cut);
});

test("a pause does not click: sound fades out before it and in after it", () => {
  const take = start();
  take.run(100);
  take.command({ type: "pause" });
  take.run(20);
  take.command({ type: "resume" });
  take.run(20);
  take.command({ type: "stop" });
  const cut = 100 * 128 + FADE;
  const gains = take
    .samples()
    .map((sample, i) => sample / (i < cut ? i : i + 20 * 128 - FADE));
  const steps = gains.slice(2).map((gain, i) => Math.abs(gain - gains[i + 1]));
  assert.ok(Math.max(...steps) < 0.01, `${Math.max(...steps)}`);
  assert.ok(gains[cut] < 0.001);
  assert.ok(gains[cut - 1] < 0.001);
});

test("who goes on before the pause is cut loses nothing", () => {
  const take = start();
  take.run(10);
  take.command({ type: "pause" });
  take.run(1);
  take.command({ type: "resume" });
  take.run(10);
  take.command({ type: "stop" });
  const samples = take.samples();
  assert.equal(samples.length, 21 * 128);
  assert.deepEqual(samples.slice(13 * 128), ramp(13 * 128, 21 * 128));
  const told = take.told
    .map(({ type }) => type)
    .filter((type) => /d$/.test(type));
  assert.deepEqual(told, ["started", "paused", "resumed", "stopped"]);
});

test("frames that the audio system left out are counted", () => {
  const take = start();
  take.run(10);
  scope.currentFrame += 3 * 128;
  take.run(10);
  take.command({ type: "stop" });
  const [before, after] = take.blocks();
  assert.equal(before.channels[0].length, 10 * 128);
  assert.equal(after.first, 13 * 128);
  assert.deepEqual(take.spooled.at(-1), { type: "end", frames: 23 * 128 });
});

test("an input without a source is silence of the same length", () => {
  const processor = new Processor({ processorOptions: { channels: 1 } });
  /** @type {any[]} */
  const spooled = [];
  const port = {
    postMessage: (/** @type {any} */ message) => spooled.push(message),
  };
  processor.port.onmessage({ data: { type: "start", port } });
  for (let i = 0; i < 5; i++) {
    scope.currentFrame += 128;
    processor.process([[]]);
  }
  processor.port.onmessage({ data: { type: "stop" } });
  assert.deepEqual(spooled[0].channels[0], new Float32Array(5 * 128));
});

test("levels come twenty times a second, with and without a take", () => {
  const take = start();
  take.run(Math.ceil(RATE / 128));
  const levels = take.told.filter(({ type }) => type === "level");
  assert.ok(levels.length === 19 || levels.length === 20, `${levels.length}`);
  assert.ok(levels[1].clipped);
});

test("a take is what the microphone gives, until the other is printed", () => {
  const take = start();
  take.run(10, 2);
  take.command({ type: "print", isOn: true });
  take.run(10, 2);
  take.command({ type: "stop" });
  const printed = ramp(10 * 128, 20 * 128).map((x) => 2 * x);
  assert.deepEqual(take.samples(), [...ramp(0, 10 * 128), ...printed]);
});

/** @param {number} amplitude @param {{gain: number, isOn: boolean}} options */
function levelOf(amplitude, { gain, isOn }) {
  const processor = new Processor({ processorOptions: { channels: 1 } });
  /** @type {any[]} */
  const told = [];
  processor.port.postMessage = (/** @type {any} */ message) =>
    told.push(message);
  processor.port.onmessage({ data: { type: "print", isOn } });
  while (told.length === 0) {
    const input = [new Float32Array(128).fill(amplitude)];
    processor.process([input, input.map((x) => x.map((y) => y * gain))]);
  }
  return told[0];
}

test("levels are heard after the gain, and what the take gets is told", () => {
  const beside = levelOf(0.25, { gain: 2, isOn: false });
  assert.deepEqual(beside, {
    ...{ type: "level", peak: 0.5, rms: 0.5, stored: 0.25, clipped: false },
  });
  assert.equal(levelOf(0.25, { gain: 2, isOn: true }).stored, 0.5);
});

test("it clips before the gain, and after it if that is printed", () => {
  assert.equal(levelOf(1, { gain: 0.5, isOn: true }).clipped, true);
  assert.equal(levelOf(0.5, { gain: 4, isOn: false }).clipped, false);
  assert.equal(levelOf(0.5, { gain: 4, isOn: true }).clipped, true);
});

/** A worklet that has listened for 100 quanta before its take. */
function startLate(/** @type {number} */ frames) {
  const take = start();
  take.command({ type: "stop" });
  take.spooled.length = 0;
  take.told.length = 0;
  take.command({ type: "pre-roll", frames });
  take.run(100);
  take.command({ type: "start", port: take.spool });
  take.run(50);
  take.command({ type: "stop" });
  return take;
}

test("a take begins with what was heard before it, if that is wanted", () => {
  const take = startLate(6000);
  const from = 100 * 128 - 6000;
  assert.deepEqual(take.samples(), ramp(from, 150 * 128));
  const firsts = take.blocks().map(({ first }) => first);
  assert.equal(firsts[0], 0);
  take.blocks().forEach(({ first, channels }, i) => {
    assert.equal(first + channels[0].length, firsts[i + 1] ?? 6000 + 50 * 128);
  });
  const started = take.told.find(({ type }) => type === "started");
  assert.equal(started.frames, 6000);
  const end = { type: "end", frames: 6000 + 50 * 128 };
  assert.deepEqual(take.spooled.at(-1), end);
});

test("what was heard before another choice of print belongs to no take", () => {
  const take = start();
  take.command({ type: "stop" });
  take.spooled.length = 0;
  take.command({ type: "pre-roll", frames: 6000 });
  take.run(80, 2);
  take.command({ type: "print", isOn: true });
  take.run(20, 2);
  take.command({ type: "start", port: take.spool });
  take.run(50, 2);
  take.command({ type: "stop" });
  const printed = ramp(80 * 128, 150 * 128).map((x) => 2 * x);
  assert.deepEqual(take.samples(), printed);
});

test("without a wish for it a take begins when it begins", () => {
  const take = startLate(0);
  assert.deepEqual(take.samples(), ramp(100 * 128, 150 * 128));
});

test("frames left out before a take are counted where they are missing", () => {
  const take = start();
  take.command({ type: "stop" });
  take.spooled.length = 0;
  take.command({ type: "pre-roll", frames: 6000 });
  take.run(10);
  scope.currentFrame += 256;
  take.run(10);
  take.command({ type: "start", port: take.spool });
  take.command({ type: "stop" });
  const firsts = take.blocks().map(({ first }) => first);
  assert.deepEqual(firsts, [0, 12 * 128]);
});

test("of one take's sound nothing is in the next one's beginning", () => {
  const take = start();
  take.command({ type: "pre-roll", frames: 6000 });
  take.run(30);
  take.command({ type: "stop" });
  take.spooled.length = 0;
  take.run(10);
  take.command({ type: "start", port: take.spool });
  take.command({ type: "stop" });
  assert.deepEqual(take.samples(), ramp(30 * 128, 40 * 128));
});

test("a take goes on at the frame it is told, and fades in", () => {
  const take = start();
  take.command({ type: "start", port: take.spool, frame: 50_000 });
  take.run(40);
  take.command({ type: "stop" });
  assert.equal(take.blocks()[0].first, 50_000);
  assert.deepEqual(take.samples().slice(FADE), ramp(FADE, 40 * 128));
  assert.ok(take.samples()[10] < 0.1);
});

test("a take that was paused goes on paused", () => {
  const take = start();
  const place = { frame: 700, isPaused: true };
  take.command({ type: "start", port: take.spool, ...place });
  take.run(10);
  assert.deepEqual(take.blocks(), []);
  take.command({ type: "resume" });
  take.run(10);
  take.command({ type: "stop" });
  assert.equal(take.blocks()[0].first, 700);
  assert.deepEqual(take.samples().length, 10 * 128);
});

test("more or less of a beginning can be wished for while it is heard", () => {
  const take = start();
  take.command({ type: "stop" });
  take.spooled.length = 0;
  for (const frames of [6000, 9000, 5000, 0, 5000]) {
    take.command({ type: "pre-roll", frames });
    take.run(60);
  }
  take.command({ type: "start", port: take.spool });
  take.command({ type: "stop" });
  assert.deepEqual(take.samples(), ramp(300 * 128 - 5000, 300 * 128));
  assert.equal(take.blocks()[0].first, 0);
});

test("after a take that ended in a pause the next one has a beginning", () => {
  const take = start();
  take.command({ type: "pre-roll", frames: 6000 });
  take.run(10);
  take.command({ type: "pause" });
  take.run(10);
  take.command({ type: "stop" });
  take.spooled.length = 0;
  take.run(20);
  take.command({ type: "start", port: take.spool });
  take.command({ type: "stop" });
  assert.deepEqual(take.samples(), ramp(20 * 128, 40 * 128));
});

test("what a sleep lost is missing before the next block, and only once", () => {
  const take = start();
  take.run(10);
  take.command({ type: "lost", frames: 5 * RATE });
  take.run(10);
  take.command({ type: "stop" });
  const firsts = take.blocks().map(({ first }) => first);
  assert.deepEqual(firsts, [0, 10 * 128 + 5 * RATE]);
  assert.deepEqual(take.samples(), ramp(0, 20 * 128));
  const frames = 20 * 128 + 5 * RATE;
  assert.deepEqual(take.spooled.at(-1), { type: "end", frames });
});

test("what is lost while a take is paused is no part of it", () => {
  const take = start();
  take.run(10);
  take.command({ type: "pause" });
  take.run(10);
  take.command({ type: "lost", frames: RATE });
  take.command({ type: "stop" });
  const frames = 10 * 128 + FADE;
  assert.deepEqual(take.spooled.at(-1), { type: "end", frames });
});
