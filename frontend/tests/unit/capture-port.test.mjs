import assert from "node:assert/strict";
import { test } from "node:test";
import {
  FLOOR_DB,
  connectCapture,
} from "../../assets/js/capture/capture-port.js";
import { watchMicrophone } from "../../assets/js/capture/microphone-watch.js";

/** A port whose far end answers by hand. */
function openPort() {
  /** @type {any} */
  const port = { onmessage: null, postMessage: () => undefined };
  /** @type {any[]} */
  const levels = [];
  const capture = connectCapture(port, (level) => levels.push(level));
  const say = (/** @type {any} */ data) => port.onmessage({ data });
  return { capture, levels, say };
}

test("levels are told in decibels of full scale", () => {
  const { levels, say } = openPort();
  say({ type: "level", peak: 1, rms: 0.1, stored: 0.01, clipped: true });
  say({ type: "level", peak: 0, rms: 0, stored: 0, clipped: false });
  assert.deepEqual(levels, [
    { peakDb: 0, rmsDb: -20, storedDb: -40, clipped: true },
    { peakDb: FLOOR_DB, rmsDb: FLOOR_DB, storedDb: FLOOR_DB, clipped: false },
  ]);
});

test("a pause resolves with the frames the audio thread had then", async () => {
  const { capture, say } = openPort();
  const paused = capture.pause();
  say({ type: "paused", frames: 4711 });
  assert.equal(await paused, 4711);
});

test("an audio thread that is dead is not waited for", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { capture } = openPort();
  const stopped = capture.stop();
  t.mock.timers.tick(1000);
  assert.equal(await stopped, null);
});

/** @param {import("node:test").TestContext} t */
function openMicrophone(t) {
  const ending = new AbortController();
  t.after(() => ending.abort());
  const track = /** @type {any} */ (new EventTarget());
  track.readyState = "live";
  /** @type {string[]} */
  const faults = [];
  const watch = watchMicrophone(track, {
    onFault: (code) => faults.push(code),
    onOver: (code) => faults.push(`over: ${code}`),
    signal: ending.signal,
  });
  return { track, faults, watch };
}

test("a microphone that goes or is muted is told", (t) => {
  const { track, faults } = openMicrophone(t);
  track.dispatchEvent(new Event("mute"));
  track.dispatchEvent(new Event("ended"));
  assert.deepEqual(faults, ["MICROPHONE_MUTED", "MICROPHONE_ENDED"]);
});

test("digital silence is told once, the quietest sound is none", (t) => {
  const { faults, watch } = openMicrophone(t);
  for (let i = 0; i < 200; i++) {
    watch.hear({ peakDb: i % 20 === 0 ? -120 : FLOOR_DB });
  }
  assert.deepEqual(faults, []);
  for (let i = 0; i < 200; i++) {
    watch.hear({ peakDb: FLOOR_DB });
  }
  assert.deepEqual(faults, ["MICROPHONE_SILENT"]);
  watch.hear({ peakDb: -120 });
  watch.hear({ peakDb: -20 });
  assert.deepEqual(faults.slice(1), ["over: MICROPHONE_SILENT"]);
});

test("a second of digital silence is told", (t) => {
  const { faults, watch } = openMicrophone(t);
  for (let i = 0; i < 20; i++) {
    watch.hear({ peakDb: FLOOR_DB });
  }
  assert.deepEqual(faults, ["MICROPHONE_SILENT"]);
});

test("behind a noise gate pauses are told once", (t) => {
  const { watch, faults } = openMicrophone(t);
  const hear = (/** @type {number} */ levels, /** @type {number} */ peakDb) => {
    for (let i = 0; i < levels; i++) {
      watch.hear({ peakDb });
    }
  };
  for (let pause = 0; pause < 5; pause++) {
    hear(40, FLOOR_DB);
    hear(1, -20);
  }
  const told = ["MICROPHONE_SILENT", "over: MICROPHONE_SILENT"];
  assert.deepEqual(faults, told);
  hear(30 * 20, FLOOR_DB);
  assert.deepEqual(faults, [...told, "MICROPHONE_SILENT"]);
});

test("a microphone that is muted is not silent as well, until it is not", (t) => {
  const { track, faults, watch } = openMicrophone(t);
  track.dispatchEvent(new Event("unmute"));
  track.dispatchEvent(new Event("mute"));
  for (let i = 0; i < 100; i++) {
    watch.hear({ peakDb: FLOOR_DB });
  }
  track.dispatchEvent(new Event("unmute"));
  assert.deepEqual(faults, ["MICROPHONE_MUTED", "over: MICROPHONE_MUTED"]);
});
