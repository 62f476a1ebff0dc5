import assert from "node:assert/strict";
import { test } from "node:test";
import { barsPath } from "../../../assets/js/ui/spectrum.js";

/** @param {string} polygon @returns {number[][]} percent of its box */
function cornersOf(polygon) {
  const [, list] = /^polygon\((.*)\)$/.exec(polygon) ?? [];
  return list.split(", ").map((corner) => {
    assert.match(corner, /^[\d.]+% [\d.]+%$/);
    return corner.split(" ").map(parseFloat);
  });
}

test("each band is a bar that stands on the ground, as high as it is loud", () => {
  const corners = cornersOf(barsPath([0.5, 1]));
  assert.deepEqual(corners, [
    [0, 100],
    [0, 50],
    [35, 50],
    [35, 100],
    [50, 100],
    [50, 0],
    [85, 0],
    [85, 100],
  ]);
});

test("what is silent is still a line", () => {
  const [[, ground], [, top]] = cornersOf(barsPath([0]));
  assert.ok(ground - top > 1);
});
