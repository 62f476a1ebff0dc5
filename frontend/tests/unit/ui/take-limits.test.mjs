import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessages } from "../../../assets/js/core/messages.js";
import { de, en } from "../support/texts.mjs";
import {
  askAfterSilence,
  stopAfter,
} from "../../../assets/js/ui/take-limits.js";

const TEN_MINUTES = 10 * 60 * 20;

/** A recorder that says what a test wants, and what came of it. */
function setUp() {
  const recorder = Object.assign(new EventTarget(), {
    state:
      /** @type {import("../../../assets/js/ui/ports.js").RecorderState} */ (
        "recording"
      ),
    take: { from: /** @type {number | null} */ (0) },
  });
  const count = { asked: 0, withdrawn: 0, stops: 0 };
  /** @type {string[]} */
  const said = [];
  const parts = {
    recorder,
    messages: createMessages({ dictionaries: { en, de }, language: "en" }),
    toasts: {
      show: (/** @type {{text: string}} */ { text }) => {
        count.asked++;
        said.push(text);
        return () => void count.withdrawn++;
      },
    },
    actions: { stop: () => void count.stops++ },
    signal: new AbortController().signal,
  };
  const say = (/** @type {string} */ name, /** @type {object} */ detail) =>
    recorder.dispatchEvent(new CustomEvent(name, { detail }));
  const hear = (/** @type {number} */ levels, storedDb = -80) => {
    for (let i = 0; i < levels; i++) {
      say("level", { storedDb });
    }
  };
  return { parts, recorder, count, said, say, hear };
}

test("ten silent minutes are asked about, once", () => {
  const { parts, count, said, hear } = setUp();
  askAfterSilence(parts);
  hear(TEN_MINUTES - 1);
  assert.equal(count.asked, 0);
  hear(1);
  hear(2 * TEN_MINUTES);
  assert.deepEqual(said, [en["limits.silent"]]);
  assert.equal(count.withdrawn, 0);
});

test("sound withdraws the question and begins the count anew", () => {
  const { parts, count, hear } = setUp();
  askAfterSilence(parts);
  hear(TEN_MINUTES);
  hear(1, -30);
  assert.equal(count.withdrawn, 1);
  hear(TEN_MINUTES - 1);
  assert.equal(count.asked, 1);
  hear(1);
  assert.equal(count.asked, 2);
});

test("nobody is asked about a microphone that records nothing", () => {
  const { parts, recorder, count, hear } = setUp();
  askAfterSilence(parts);
  for (const state of /** @type {const} */ (["armed", "paused"])) {
    recorder.state = state;
    hear(TEN_MINUTES);
  }
  assert.equal(count.asked, 0);
});

test("a take ends when as much as was set is recorded, and says so", () => {
  const { parts, count, said, say } = setUp();
  stopAfter(() => 15 * 60, parts);
  say("progress", { frames: 15 * 60 * 48000 - 1, rate: 48000 });
  assert.equal(count.stops, 0);
  say("progress", { frames: 15 * 60 * 48000, rate: 48000 });
  say("progress", { frames: 15 * 60 * 48000 + 4800, rate: 48000 });
  assert.equal(count.stops, 1);
  assert.deepEqual(said, ["Stopped after 15 minutes, as it was set."]);
});

test("without a limit a take goes on", () => {
  const { parts, count, say } = setUp();
  stopAfter(() => 0, parts);
  say("progress", { frames: 1e12, rate: 48000 });
  assert.equal(count.stops, 0);
});

test("of a take that goes on only what is new counts", () => {
  const { parts, recorder, count, say } = setUp();
  const before = 40 * 60 * 48000;
  const progress = (/** @type {number} */ seconds) =>
    say("progress", { frames: before + seconds * 48000, rate: 48000 });
  recorder.take.from = null;
  stopAfter(() => 15 * 60, parts);
  progress(0);
  recorder.take.from = before;
  progress(15 * 60 - 1);
  assert.equal(count.stops, 0);
  progress(15 * 60);
  assert.equal(count.stops, 1);
});
