import assert from "node:assert/strict";
import { test } from "node:test";
import { ramp, scope, start } from "./support/worklet.mjs";

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
