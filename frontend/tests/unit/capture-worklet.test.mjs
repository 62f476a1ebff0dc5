import assert from "node:assert/strict";
import { test } from "node:test";
import {
  FADE,
  Processor,
  RATE,
  ramp,
  scope,
  start,
} from "./support/worklet.mjs";

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

test("a take goes on at the frame it is told, and fades in", () => {
  const take = start();
  take.command({ type: "start", port: take.spool, frame: 50_000 });
  take.run(40);
  take.command({ type: "stop" });
  assert.equal(take.blocks()[0].first, 50_000);
  assert.deepEqual(take.samples().slice(FADE), ramp(FADE, 40 * 128));
  assert.ok(take.samples()[10] < 0.1);
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
