import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createLoudness } from "../../../assets/js/ui/loudness.js";

/** @type {string[]} what became of the amplifier */
let states = [];
let gain = { value: 1 };

/** As much of an AudioContext as an amplifier needs. */
class Context {
  destination = {};

  constructor() {
    states.push("made");
  }

  createGain() {
    return { gain, connect() {} };
  }

  createMediaElementSource() {
    return { connect() {} };
  }

  async resume() {
    states.push("running");
  }

  async suspend() {
    states.push("suspended");
  }

  async close() {
    states.push("closed");
  }
}

class Sound extends EventTarget {
  paused = true;
  volume = 1;

  /** @param {"play" | "pause"} type */
  tell(type) {
    this.paused = type === "pause";
    this.dispatchEvent(new Event(type));
  }
}

beforeEach(() => {
  states = [];
  gain = { value: 1 };
  Object.assign(globalThis, { AudioContext: Context });
});

function openLoudness() {
  const sound = new Sound();
  const end = new AbortController();
  const audio = /** @type {HTMLMediaElement} */ (
    /** @type {unknown} */ (sound)
  );
  return { sound, end, loudness: createLoudness(audio, end.signal) };
}

test("what is not louder than recorded needs no amplifier", () => {
  const { sound, end, loudness } = openLoudness();
  loudness.set(0.5);
  loudness.wake();
  sound.tell("play");
  sound.tell("pause");
  end.abort();
  assert.equal(sound.volume, 0.5);
  assert.deepEqual(states, []);
});

test("the amplifier is made when it is played so loud, at once", () => {
  const { sound, loudness } = openLoudness();
  loudness.set(1.5);
  assert.deepEqual(states, []);
  loudness.wake();
  assert.deepEqual(states, ["made", "running"]);
  assert.equal(gain.value, 1.5);
  assert.equal(sound.volume, 1);
  loudness.set(0.5);
  assert.equal(gain.value, 1);
  assert.equal(sound.volume, 0.5);
});

test("what plays becomes louder at once", () => {
  const { sound, loudness } = openLoudness();
  sound.tell("play");
  loudness.set(2);
  assert.deepEqual(states, ["made", "running"]);
  assert.equal(gain.value, 2);
});

test("the amplifier rests while nothing plays, and ends with the page", () => {
  const { sound, end, loudness } = openLoudness();
  loudness.set(1.5);
  sound.tell("play");
  sound.tell("pause");
  loudness.wake();
  loudness.rest();
  sound.paused = false;
  loudness.rest();
  assert.deepEqual(states, [
    "made",
    "running",
    "suspended",
    "running",
    "suspended",
  ]);
  end.abort();
  loudness.wake();
  assert.deepEqual(states.slice(5), ["closed"]);
});
