import assert from "node:assert/strict";
import { test } from "node:test";
import { soundOf } from "../../../assets/js/ui/choices.js";
import { applySound } from "../../../assets/js/ui/chosen-sound.js";
import { readChoice } from "../../../assets/js/ui/choice.js";
import { keepPreferences } from "../support/preferences.mjs";

/** @typedef {import("../../../assets/js/ui/ports.js").RecorderState} RecorderState */

/** A recorder that is in the states a test wants, and what is chosen of it. */
async function setUp() {
  const { signal } = new AbortController();
  const preferences = keepPreferences();
  const how = { name: "sound", read: soundOf, preferences, signal };
  const sound = await readChoice(how);
  const recorder = Object.assign(new EventTarget(), {
    state: /** @type {RecorderState} */ ("armed"),
  });
  /** @type {string[]} */
  const chosen = [];
  const choose = (/** @type {any} */ { preset }) =>
    void chosen.push(`${recorder.state} ${preset}`);
  applySound({ recorder, sound, actions: { choose }, signal });
  return {
    sound,
    chosen,
    /** @param {RecorderState} state */
    enter(state) {
      recorder.state = state;
      const detail = { state };
      recorder.dispatchEvent(new CustomEvent("state", { detail }));
    },
  };
}

test("what is chosen during a take is had when it is over", async () => {
  const { sound, chosen, enter } = await setUp();
  enter("recording");
  await sound.choose({ preset: "music" });
  await sound.choose({ preset: "unprocessed" });
  chosen.length = 0;
  enter("paused");
  enter("recording");
  enter("stopping");
  assert.deepEqual(chosen, []);
  enter("armed");
  assert.deepEqual(chosen, ["armed unprocessed"]);
  enter("recording");
  enter("armed");
  assert.equal(chosen.length, 1, "once");
});

test("what is chosen while the microphone opens is not lost", async () => {
  const { sound, chosen, enter } = await setUp();
  enter("off");
  enter("arming");
  await sound.choose({ preset: "music" });
  enter("armed");
  assert.deepEqual(chosen, ["arming music", "armed music"]);
});

test("a microphone that was closed since opens as chosen, once", async () => {
  const { sound, chosen, enter } = await setUp();
  enter("recording");
  await sound.choose({ preset: "music" });
  enter("off");
  enter("armed");
  assert.deepEqual(chosen, ["recording music"]);
});

test("what is chosen while no take runs is had at once", async () => {
  const { sound, chosen, enter } = await setUp();
  await sound.choose({ preset: "music" });
  enter("recording");
  enter("armed");
  assert.deepEqual(chosen, ["armed music"]);
});
