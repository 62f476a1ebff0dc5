import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { mountMediaKeys } from "../../../assets/js/ui/media-keys.js";

const own = Object.getOwnPropertyDescriptor(globalThis, "navigator");
/** @type {Map<string, ((detail: object) => void) | null>} */
const handlers = new Map();
/** @type {any} what stands on the lock screen */
let session;

class Metadata {
  /** @param {object} facts */
  constructor(facts) {
    Object.assign(this, facts);
  }
}

beforeEach(() => {
  handlers.clear();
  session = {
    setActionHandler: (
      /** @type {string} */ action,
      /** @type {any} */ handler,
    ) => handlers.set(action, handler),
    setPositionState: (/** @type {object} */ state) => {
      session.position = state;
    },
  };
  const value = { mediaSession: session };
  Object.defineProperty(globalThis, "navigator", { value, configurable: true });
  Object.assign(globalThis, { MediaMetadata: Metadata });
});

afterEach(() => {
  Reflect.deleteProperty(globalThis, "navigator");
  Reflect.deleteProperty(globalThis, "MediaMetadata");
  if (own) {
    Object.defineProperty(globalThis, "navigator", own);
  }
});

/** A player of a recording of a minute, at its half. */
class Player extends EventTarget {
  /** @type {string | null} */
  id = "a";
  name = "Lecture";
  isPlaying = true;
  position = 30;
  length = 60;
  playback = { rate: 1.5 };
  /** @type {unknown[]} */
  heard = [];
  pause = () => this.heard.push("pause");
  resume = () => this.heard.push("resume");
  close = () => this.heard.push("close");
  /** @param {number} seconds */
  seek = (seconds) => this.heard.push(seconds);

  /** @param {object} change */
  change(change) {
    Object.assign(this, change);
    this.dispatchEvent(new Event("changed"));
  }
}

function setUp() {
  const player = new Player();
  mountMediaKeys(/** @type {any} */ (player), new AbortController().signal);
  player.change({});
  return player;
}

/** @param {string} action @param {object} [detail] */
const press = (action, detail = {}) => handlers.get(action)?.(detail);

test("every media key does what it says", () => {
  const player = setUp();
  press("play");
  press("pause");
  press("stop");
  press("seekto", { seekTime: 0 });
  press("seekto", { seekTime: 42 });
  press("seekbackward");
  press("seekforward");
  press("seekbackward", { seekOffset: 3 });
  press("seekforward", { seekOffset: 3 });
  const sought = [0, 42, 20, 40, 27, 33];
  assert.deepEqual(player.heard, ["resume", "pause", "close", ...sought]);
});

test("the lock screen names what is heard, and where it is", () => {
  const player = setUp();
  assert.deepEqual({ ...session.metadata }, { title: "Lecture" });
  assert.equal(session.playbackState, "playing");
  const position = { duration: 60, position: 30, playbackRate: 1.5 };
  assert.deepEqual(session.position, position);
  player.change({ isPlaying: false, position: 60.4, name: "Seminar" });
  assert.equal(session.playbackState, "paused");
  assert.equal(session.metadata.title, "Seminar");
  assert.equal(session.position.position, 60, "never beyond the end");
});

test("keys are given back when nothing is played", () => {
  const player = setUp();
  player.change({ id: null, name: "", isPlaying: false });
  assert.equal(session.playbackState, "none");
  assert.equal(session.metadata, null);
  assert.deepEqual([...new Set(handlers.values())], [null]);
  assert.equal(handlers.size, 6);
});
