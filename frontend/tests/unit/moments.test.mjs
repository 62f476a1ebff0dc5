import assert from "node:assert/strict";
import { test } from "node:test";
import { momentsOf } from "../../assets/js/core/markers.js";

test("moments of a recording are in the order of time, on its own clock", () => {
  const markers = [
    { frame: 88_200, kind: "marker", at: 1, text: "Question" },
    { frame: 44_100, kind: "gap", at: 2, frames: 22_050 },
  ];
  const shown = momentsOf({ markers, segments: [{ rate: 44_100 }] });
  assert.deepEqual(
    shown.map(({ seconds, kind, text, lost }) => [seconds, kind, text, lost]),
    [
      [1, "gap", undefined, 0.5],
      [2, "marker", "Question", undefined],
    ],
  );
  const [only] = momentsOf({ markers: [{ frame: 96_000, kind: "pause" }] });
  assert.equal(only.seconds, 2);
});

test("metadata of others breaks nothing", () => {
  for (const studio of [null, undefined, 7, "x", { markers: "x" }]) {
    assert.deepEqual(momentsOf(studio), []);
  }
  const markers = [null, 7, { kind: "other", frame: 1 }, { kind: "marker" }];
  assert.deepEqual(momentsOf({ markers }), []);
});
