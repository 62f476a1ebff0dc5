import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FLAT } from "../../../assets/js/core/tone.js";
import { Player } from "../../../assets/js/ui/player.js";

/** As much of an audio element as a player needs: it tells of a pause later. */
class Sound extends EventTarget {
  paused = true;
  ended = false;
  readyState = 0;
  currentTime = 0;
  duration = NaN;
  source = "";

  /** @param {string} url */
  set src(url) {
    this.load();
    this.source = url;
    this.readyState = 4;
    this.duration = 60;
  }

  removeAttribute() {
    this.source = "";
  }

  load() {
    this.readyState = 0;
    this.currentTime = 0;
    this.duration = NaN;
  }

  pause() {
    if (!this.paused) {
      this.paused = true;
      setImmediate(() => this.dispatchEvent(new Event("pause")));
    }
  }

  async play() {
    this.paused = false;
  }
}

const A = { id: "a", name: "A" };
const B = { id: "b", name: "B" };

/** @type {Sound} */
let sound;

beforeEach(() => {
  sound = new Sound();
  Object.assign(globalThis, {
    Audio: function Audio() {
      return sound;
    },
  });
});

/** @param {(id: string) => Promise<string>} audioUrl */
function openPlayer(audioUrl) {
  const player = new Player({
    audioUrl,
    playback: { rate: 1, volume: 1, isLooped: false, tone: FLAT },
    placeOf: (id) => (id === A.id ? 7 : 0),
    signal: new AbortController().signal,
  });
  /** @type {{id: string, seconds: number}[]} */
  const left = [];
  player.addEventListener("left", (event) => {
    const { id, seconds } = /** @type {CustomEvent} */ (event).detail;
    left.push({ id, seconds });
  });
  return { player, left };
}

/** A promise that others settle. */
function pending() {
  /** @type {(url: string) => void} */
  let resolve = () => {};
  /** @type {(error: Error) => void} */
  let reject = () => {};
  /** @type {Promise<string>} */
  const promise = new Promise((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

const turn = () => new Promise((resolve) => void setImmediate(resolve));

test("a recording that follows another begins at its own place", async () => {
  const url = pending();
  const { player, left } = openPlayer((id) =>
    id === A.id ? url.promise : Promise.resolve("of b"),
  );
  await player.toggle(B);
  sound.currentTime = 40;
  const toggled = player.toggle(A);
  await turn();
  await turn();
  assert.equal(player.id, "a");
  assert.equal(player.position, 0);
  assert.equal(sound.source, "");
  url.resolve("of a");
  await toggled;
  assert.deepEqual(left, [{ id: "b", seconds: 40 }]);
  assert.equal(sound.source, "of a");
  assert.equal(player.position, 7);
  assert.ok(player.isPlaying);
});

test("one that cannot be had leaves nothing loaded", async () => {
  const { player, left } = openPlayer(async (id) => {
    if (id === A.id) {
      throw new Error("gone");
    }
    return "of b";
  });
  await player.toggle(B);
  sound.currentTime = 40;
  await assert.rejects(player.toggle(A), /gone/u);
  await turn();
  assert.equal(player.id, null);
  assert.equal(sound.source, "");
  assert.ok(!player.isPlaying);
  assert.deepEqual(left, [{ id: "b", seconds: 40 }]);
});

test("one that cannot be had does not stop its successor", async () => {
  const url = pending();
  const { player } = openPlayer((id) =>
    id === A.id ? url.promise : Promise.resolve("of b"),
  );
  const toggled = player.toggle(A);
  await player.toggle(B);
  url.reject(new Error("gone"));
  await assert.rejects(toggled, /gone/u);
  assert.equal(player.id, "b");
  assert.ok(player.isPlaying);
});

test("a new name during the load keeps no recording from starting", async () => {
  const url = pending();
  const { player } = openPlayer(() => url.promise);
  const toggled = player.toggle(A);
  player.rename("Meyer");
  url.resolve("of a");
  await toggled;
  assert.equal(sound.source, "of a");
  assert.ok(player.isPlaying);
  assert.equal(player.name, "Meyer");
  assert.equal(A.name, "A");
});
