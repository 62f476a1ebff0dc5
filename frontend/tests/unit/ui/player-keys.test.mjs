import assert from "node:assert/strict";
import { test } from "node:test";
import { playerKeys } from "../../../assets/js/ui/player-keys.js";

/** @param {{id?: string | null, isRecording?: boolean}} [parts] */
function setUp({ id = "a", isRecording = false } = {}) {
  const player = {
    id,
    isPlaying: true,
    position: 30,
    playback: { isLooped: false },
    heard: /** @type {unknown[]} */ ([]),
    pause: () => player.heard.push("pause"),
    resume: () => player.heard.push("resume"),
    seek: (/** @type {number} */ seconds) => player.heard.push(seconds),
    set: (/** @type {object} */ change) => player.heard.push(change),
  };
  const keys = playerKeys({
    player: /** @type {any} */ (player),
    isRecording: () => isRecording,
  });
  return { player, keys };
}

test("Space plays and pauses, the arrows seek, L repeats", () => {
  const { player, keys } = setUp();
  keys[" "]();
  player.isPlaying = false;
  keys[" "]();
  keys.arrowleft();
  keys.arrowright();
  keys.l();
  const loop = { isLooped: true };
  assert.deepEqual(player.heard, ["pause", "resume", 25, 35, loop]);
});

test("without a recording, or while one is made, they are left alone", () => {
  for (const parts of [{ id: null }, { isRecording: true }]) {
    const { player, keys } = setUp(parts);
    for (const press of Object.values(keys)) {
      assert.equal(press(), false);
    }
    assert.deepEqual(player.heard, []);
  }
});
