import assert from "node:assert/strict";
import { test } from "node:test";
import { FADE, RATE, ramp, start } from "./support/worklet.mjs";

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
