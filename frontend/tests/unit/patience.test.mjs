import assert from "node:assert/strict";
import { test } from "node:test";
import { whileItMoves } from "../../assets/js/spool/patience.js";
import { runClock } from "./support/clock.mjs";

test("what moves is waited for, however long", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let turns = 0;
  const isDone = () => ++turns > 10_000;
  const moving = () => Math.floor(turns / 1000);
  const waited = whileItMoves({ isDone, progress: moving });
  await runClock(t, waited);
  await waited;
  assert.ok(turns > 10_000);
});
