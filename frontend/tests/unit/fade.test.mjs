import assert from "node:assert/strict";
import { test } from "node:test";
import { createFade } from "../../assets/js/core/fade.js";

/** @param {ReturnType<typeof createFade>} fade @param {number} frames */
function gainsOf(fade, frames) {
  const channels = [
    new Float32Array(frames).fill(1),
    new Float32Array(frames).fill(-0.5),
  ];
  fade.apply(channels, 0, frames);
  channels[1].forEach((value, i) =>
    assert.ok(Math.abs(value + channels[0][i] / 2) < 1e-6),
  );
  return [...channels[0]];
}

/** @param {number[]} values */
const isFalling = (values) =>
  values.every((value, i) => i === 0 || value <= values[i - 1]);

test("nothing is touched until a cut is announced", () => {
  const fade = createFade(100);
  assert.equal(fade.left, Infinity);
  assert.deepEqual(gainsOf(fade, 300), Array(300).fill(1));
});

test("it goes down to silence in its own time, and up again", () => {
  const fade = createFade(100);
  fade.shut();
  assert.equal(fade.left, 100);
  const down = gainsOf(fade, 100);
  assert.equal(fade.left, 0);
  assert.ok(down[0] === 1 && down[99] < 0.001 && isFalling(down));
  fade.cut();
  const up = gainsOf(fade, 150);
  assert.ok(up[0] === 0 && isFalling(up.toReversed()));
  assert.deepEqual(up.slice(100), Array(50).fill(1));
});

test("turned round on its way it goes on from where it is", () => {
  const fade = createFade(100);
  fade.shut();
  const down = gainsOf(fade, 40);
  fade.open();
  const up = gainsOf(fade, 60);
  assert.ok(Math.abs(up[0] - down[39]) < 0.05);
  assert.equal(up[59], 1);
  assert.equal(fade.left, Infinity);
});
