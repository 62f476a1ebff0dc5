import assert from "node:assert/strict";
import { test } from "node:test";
import { Intake, MOST_SILENT_SECONDS } from "../../assets/js/spool/intake.js";

const RATE = 1000;

/**
 * An intake, and the stream that comes out of it.
 *
 * @param {{room?: () => Promise<unknown>}} [options]
 */
function setUp({ room = async () => undefined } = {}) {
  /** @type {number[]} */
  const pieces = [];
  /** @type {number[]} lengths of runs: what was heard is 1, silence 0 */
  const heard = [];
  /** @type {object[]} */
  const gaps = [];
  /** @type {unknown[]} */
  const errors = [];
  const stored = { frames: 0 };
  const intake = new Intake({
    rate: RATE,
    channels: 2,
    frames: () => stored.frames,
    store(piece) {
      assert.equal(piece.length, 2);
      stored.frames += piece[0].length;
      pieces.push(piece[0].length);
      heard.push(piece[1][0]);
    },
    room,
    onGap: (gap) => gaps.push(gap),
    onError: (error) => errors.push(error),
  });
  const push = (/** @type {number} */ first, length = 100) =>
    intake.push({
      first,
      channels: [1, 2].map(() => new Float32Array(length).fill(1)),
    });
  return { intake, push, pieces, heard, gaps, errors, stored };
}

test("blocks without a gap are stored at once", () => {
  const { push, pieces, gaps } = setUp();
  push(0);
  push(100);
  assert.deepEqual(pieces, [100, 100]);
  assert.deepEqual(gaps, []);
});

test("missing time becomes silence of its length, a second at a time", async () => {
  const { intake, push, pieces, heard, gaps } = setUp();
  push(0);
  push(2600);
  push(2700);
  await intake.drained;
  assert.deepEqual(pieces, [100, 1000, 1000, 500, 100, 100]);
  assert.deepEqual(heard, [1, 0, 0, 0, 1, 1]);
  assert.deepEqual(gaps, [{ frame: 100, frames: 2500, silent: 2500 }]);
});

test("ten minutes are silence still, more than that is cut to a second", async () => {
  const longest = MOST_SILENT_SECONDS * RATE;
  const { intake, push, gaps, stored } = setUp();
  push(longest);
  await intake.drained;
  assert.equal(stored.frames, longest + 100);
  const later = 2 * longest + 101;
  push(later);
  push(later + 100);
  push(later + 300);
  await intake.drained;
  assert.equal(stored.frames, longest + 100 + 1000 + 200 + 100 + 100);
  const cut = { frame: longest + 100, frames: longest + 1, silent: 1000 };
  const short = { frame: longest + 1300, frames: 100, silent: 100 };
  assert.deepEqual(gaps.slice(1), [cut, short]);
});

test("while silence waits for the encoder nothing overtakes it", async () => {
  /** @type {(() => void)[]} */
  const waits = [];
  const room = () =>
    new Promise((resolve) => waits.push(() => resolve(undefined)));
  const { intake, push, heard, pieces } = setUp({ room });
  push(1500);
  push(1600);
  assert.deepEqual(heard, [0]);
  while (waits.length > 0) {
    waits.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await intake.drained;
  assert.deepEqual(heard, [0, 0, 1, 1]);
  assert.deepEqual(pieces, [1000, 500, 100, 100]);
});

test("what cannot be stored is told, and later blocks may go on", async () => {
  const full = new Error("full");
  let isFull = true;
  const { intake, push, errors, pieces } = setUp({
    room: () => (isFull ? Promise.reject(full) : Promise.resolve()),
  });
  push(1500);
  await intake.drained;
  assert.deepEqual(errors, [full]);
  isFull = false;
  push(1600);
  await intake.drained;
  assert.deepEqual(pieces, [1000, 600, 100]);
});
