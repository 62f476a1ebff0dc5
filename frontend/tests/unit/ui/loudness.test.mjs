import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createLoudness } from "../../../assets/js/ui/loudness.js";

/** @type {string[]} what became of the amplifier */
let states = [];
let gain = { value: 1 };
/** @type {{type: string, frequency: {value: number}, gain: {value: number}}[]} */
let bands = [];

/** @param {unknown} node */
const onward = (node) => node;

/** As much of an AudioContext as an amplifier needs. */
class Context {
  destination = {};

  constructor() {
    states.push("made");
  }

  createGain() {
    return { gain, connect: onward };
  }

  createBiquadFilter() {
    const frequency = { value: 0 };
    const band = { type: "", frequency, gain: { value: 0 }, connect: onward };
    bands.push(band);
    return band;
  }

  createMediaElementSource() {
    return { connect: onward };
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
  bands = [];
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

test("another tone goes by three bands, at whatever volume", () => {
  const { sound, loudness } = openLoudness();
  const tone = { gain: 0, low: 6, mid: 0, high: -20, isPrinted: false };
  loudness.set(0.5, tone);
  assert.deepEqual(states, []);
  loudness.wake();
  assert.deepEqual(states, ["made", "running"]);
  assert.deepEqual(
    bands.map((band) => [band.type, band.frequency.value, band.gain.value]),
    [
      ["lowshelf", 320, 6],
      ["peaking", 1000, 0],
      ["highshelf", 3200, -20],
    ],
  );
  assert.equal(sound.volume, 0.5);
  loudness.set(0.5, { ...tone, low: 0, high: 0 });
  assert.deepEqual(
    bands.map((band) => band.gain.value),
    [0, 0, 0],
  );
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
