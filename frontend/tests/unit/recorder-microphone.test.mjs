import assert from "node:assert/strict";
import { test } from "node:test";
import { settle, setUp } from "./support/recorder.mjs";

test("without a microphone it is off again", async (t) => {
  const { recorder, microphone, said } = setUp(t);
  microphone.isThere = false;
  await assert.rejects(recorder.arm(), { code: "MICROPHONE_MISSING" });
  assert.deepEqual(said, ["arming", "off"]);
});

test("a microphone that goes ends no take, and is noted in it", async (t) => {
  const { recorder, microphone, moments, said } = setUp(t);
  await recorder.arm();
  await recorder.start({ name: "a" });
  microphone.unplug();
  await settle();
  assert.deepEqual(said.slice(3), ["MICROPHONE_ENDED"]);
  assert.deepEqual(moments, [{ kind: "fault", code: "MICROPHONE_ENDED" }]);
  await recorder.stop();
  assert.equal(recorder.state, "off");
});

test("a mute is noted in the take, and that it is over", async (t) => {
  const { recorder, microphone, moments } = setUp(t);
  await recorder.arm();
  await recorder.start({ name: "a" });
  /** @type {string[]} */
  const over = [];
  recorder.addEventListener("back", (event) =>
    over.push(/** @type {CustomEvent} */ (event).detail.code),
  );
  microphone.track.dispatchEvent(new Event("mute"));
  microphone.track.dispatchEvent(new Event("unmute"));
  await settle();
  assert.deepEqual(over, ["MICROPHONE_MUTED"]);
  const codes = moments.map(({ code }) => code);
  assert.deepEqual(codes, ["MICROPHONE_MUTED", "MICROPHONE_BACK"]);
});

test("a microphone that goes before a take is let go", async (t) => {
  const { recorder, microphone } = setUp(t);
  await recorder.arm();
  microphone.unplug();
  assert.equal(recorder.state, "off");
  assert.equal(recorder.granted, null);
});

test("the microphone is let go after a minute without a take", async (t) => {
  const { recorder, microphone } = setUp(t);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  await recorder.arm();
  t.mock.timers.tick(59_999);
  assert.equal(recorder.state, "armed");
  t.mock.timers.tick(1);
  assert.equal(recorder.state, "off");
  assert.equal(microphone.track.readyState, "ended");
});

/**
 * A take with two seconds of sound, of which its audio system dies at second 9.
 *
 * @param {import("node:test").TestContext} t
 */
async function die(t) {
  const stage = setUp(t);
  const { recorder, microphone, spool, clock, takes } = stage;
  t.mock.timers.enable({ apis: ["setTimeout"] });
  await recorder.arm();
  await recorder.start({ name: "a" });
  clock.at = 9000;
  const detail = { id: takes[0].id, frames: 2 * 48_000 };
  spool.events.dispatchEvent(new CustomEvent("progress", { detail }));
  microphone.die();
  return stage;
}

test("what was lost before a pause is silence, what was paused is not", async (t) => {
  const { recorder, clock, places, moments } = await die(t);
  clock.at = 12_000;
  const paused = recorder.pause();
  clock.at = 20_000;
  await settle();
  assert.deepEqual(places, [{ at: 20_000, frame: 5 * 48_000 }]);
  t.mock.timers.tick(1000);
  await paused;
  const { kind, counted } = moments.at(-1) ?? {};
  assert.deepEqual([kind, counted], ["pause", 5 * 48_000]);
});

test("what was lost around a pause is silence, too", async (t) => {
  const { recorder, clock, places } = await die(t);
  clock.at = 12_000;
  const paused = recorder.pause();
  clock.at = 20_000;
  const resumed = recorder.resume();
  t.mock.timers.tick(1000);
  await Promise.all([paused, resumed]);
  clock.at = 21_000;
  await settle();
  assert.deepEqual(places, [{ at: 21_000, frame: 6 * 48_000 }]);
});

test("a take whose audio system dies as it goes on is where it is", async (t) => {
  const { recorder, microphone, clock, places } = setUp(t);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  await recorder.arm();
  clock.at = 9000;
  await recorder.start({ name: "a", interrupted: "cut" });
  microphone.die();
  clock.at = 11_000;
  await settle();
  assert.deepEqual(places, [{ at: 11_000, frame: (2 + 2) * 48_000 }]);
});
