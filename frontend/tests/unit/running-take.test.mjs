import assert from "node:assert/strict";
import { test } from "node:test";
import { RunningTake } from "../../assets/js/spool/running-take.js";
import { withSegment } from "../../assets/js/core/segments.js";
import { installEncoder } from "./support/audio-encoder.mjs";
import { memoryFile } from "./support/memory-file.mjs";

const RATE = 8000;
const MINUTE = 60 * RATE;
const SEGMENT = { rate: RATE, channels: 1, at: 0 };

/**
 * A take that runs, and what is noted of it.
 *
 * @param {import("node:test").TestContext} t
 */
function begin(t) {
  installEncoder(t);
  const files = { audio: memoryFile(), pcm: memoryFile() };
  /** @type {import("../../assets/js/core/types.js").TakeMarker[]} */
  let markers = [];
  const ignore = () => undefined;
  const journal = {
    /** @param {string} _ @param {{markers?: typeof markers}} patch */
    note(_, patch) {
      markers = patch.markers ?? markers;
    },
  };
  const events = {
    onPeaks: ignore,
    onFault: ignore,
    onMarker: ignore,
    onProgress: ignore,
  };
  const row = { id: "a", rate: RATE, channels: 1, startedAt: 0 };
  const port = openPort();
  const options = { take: row, journal, events };
  const offers = { flushed: ignore };
  const take = new RunningTake(
    /** @type {any} */ ({ ...options, offers }),
    { files, segments: withSegment([], 0, SEGMENT), markers },
    ignore,
  );
  take.hear(/** @type {any} */ (port));
  return {
    take,
    port,
    markersOf: (/** @type {string} */ kind) =>
      markers
        .filter((marker) => marker.kind === kind)
        .map(({ frame, frames, silent }) => [frame, frames, silent]),
  };
}

/** A port on which an audio thread counts from wherever it is told to. */
function openPort() {
  return {
    /** @type {((message: {data: object}) => void) | null} */
    onmessage: null,
    close: () => undefined,

    /** @param {number} first  a second of sound from there */
    say(first) {
      const channels = [new Float32Array(RATE).fill(0.5)];
      this.onmessage?.({ data: { type: "block", first, channels } });
    },
  };
}

/**
 * Lets silence be made, which takes turns.
 *
 * @param {() => boolean} isMade
 */
async function until(isMade) {
  for (let turn = 0; !isMade(); turn++) {
    assert.ok(turn < 100_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** @param {ReturnType<typeof begin>["take"]} take @param {number} frame */
function goOn(take, frame) {
  const port = openPort();
  take.goOn(/** @type {any} */ (port), { at: 0, frame });
  take.mark({ kind: "fault", code: "AUDIO_BACK", counted: frame });
  return port;
}

test("an outage after one that was cut has its whole length", async (t) => {
  const { take, port, markersOf } = begin(t);
  port.say(0);
  const second = goOn(take, 12 * MINUTE);
  second.say(12 * MINUTE);
  await until(() => take.frames === 3 * RATE);
  const third = goOn(take, 3 * RATE + MINUTE);
  third.say(3 * RATE + MINUTE);
  await until(() => take.frames === 4 * RATE + MINUTE);
  assert.deepEqual(markersOf("gap"), [
    [RATE, 12 * MINUTE - RATE, RATE],
    [3 * RATE, MINUTE, undefined],
  ]);
});

test("after a cut all that is noted is where it is heard", async (t) => {
  const { take, port, markersOf } = begin(t);
  port.say(0);
  const second = goOn(take, 12 * MINUTE);
  assert.deepEqual(markersOf("fault"), [[2 * RATE, undefined, undefined]]);
  second.say(12 * MINUTE);
  second.say(12 * MINUTE + RATE);
  await until(() => take.frames === 4 * RATE);
  take.mark({ kind: "pause", counted: 12 * MINUTE + 2 * RATE });
  assert.deepEqual(markersOf("pause"), [[4 * RATE, undefined, undefined]]);
  take.mark({ kind: "marker", frame: 5 });
  take.mark({ kind: "marker" });
  assert.deepEqual(markersOf("marker"), [
    [5, undefined, undefined],
    [4 * RATE, undefined, undefined],
  ]);
});

test("silence up to a pause is there, though no sound follows it", async (t) => {
  const { take, port, markersOf } = begin(t);
  port.say(0);
  goOn(take, MINUTE);
  await until(() => take.frames === MINUTE);
  assert.deepEqual(markersOf("gap"), [[RATE, MINUTE - RATE, undefined]]);
});

test("who goes on from before the end hears later outages", async (t) => {
  const { take, port, markersOf } = begin(t);
  port.say(0);
  port.say(RATE);
  const second = goOn(take, 0);
  assert.deepEqual(markersOf("fault"), [[2 * RATE, undefined, undefined]]);
  second.say(0);
  second.say(MINUTE);
  await until(() => take.frames === 3 * RATE + MINUTE);
  assert.deepEqual(markersOf("gap"), [[3 * RATE, MINUTE - RATE, undefined]]);
});
