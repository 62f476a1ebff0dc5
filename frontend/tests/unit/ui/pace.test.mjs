import assert from "node:assert/strict";
import { test } from "node:test";
import { createPace, createPaces } from "../../../assets/js/ui/pace.js";

const KB = 1000;

test("a pace is what has arrived over the time it took", () => {
  const pace = createPace();
  pace.note(0, 0);
  assert.equal(pace.rate(5000), null, "nothing has arrived");
  pace.note(100 * KB, 500);
  assert.equal(pace.rate(500), null, "too short to tell");
  pace.note(200 * KB, 2000);
  assert.equal(pace.rate(2000), 100 * KB);
});

test("it sinks while nothing comes, and forgets what is long ago", () => {
  const pace = createPace();
  pace.note(0, 0);
  pace.note(100 * KB, 1000);
  assert.equal(pace.rate(10_000), 10 * KB);
  pace.note(200 * KB, 60_000);
  pace.note(300 * KB, 61_000);
  assert.equal(pace.rate(61_000), 100 * KB);
});

test("what begins anew is measured anew", () => {
  const pace = createPace();
  pace.note(500 * KB, 0);
  pace.note(900 * KB, 2000);
  pace.note(0, 3000);
  assert.equal(pace.rate(4000), null);
  pace.note(100 * KB, 5000);
  assert.equal(pace.rate(5000), 50 * KB);
});

test("the time left is told of what is being sent", () => {
  const paces = createPaces();
  const row = (/** @type {number} */ fraction, state = "uploading") =>
    /** @type {any} */ ({
      id: "a",
      sizeBytes: 100,
      onServer: false,
      upload: { state, fraction },
    });
  paces.note([row(0)], 0);
  assert.equal(paces.secondsLeft(row(0), 1000), null);
  paces.note([row(0.25)], 2000);
  assert.equal(paces.secondsLeft(row(0.25), 2000), 6);
  paces.note([row(0.25, "paused")], 3000);
  assert.equal(paces.secondsLeft(row(0.25, "paused"), 3000), null);
});
