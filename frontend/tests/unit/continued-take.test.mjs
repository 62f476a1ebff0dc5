import assert from "node:assert/strict";
import { test } from "node:test";
import { PcmFile } from "../../assets/js/spool/pcm-file.js";
import { RunningTake } from "../../assets/js/spool/running-take.js";
import { openPast } from "../../assets/js/spool/past.js";
import { readBlocks } from "../../assets/js/core/framing.js";
import { installEncoder } from "./support/audio-encoder.mjs";
import { memoryFile } from "./support/memory-file.mjs";
import { collect } from "./support/source.mjs";

const RATE = 48_000;
const SECOND = { rate: RATE, channels: 1, frames: 0, at: 5000 };

/** An end of a channel on which blocks come when the test says so. */
function createPort() {
  /** @type {any} */
  const port = { onmessage: null, close: () => undefined };
  return {
    port,
    /** @param {number} first @param {number} seconds @param {number} value */
    send(first, seconds, value) {
      const channels = [new Float32Array(seconds * RATE).fill(value)];
      port.onmessage({ data: { type: "block", first, channels } });
    },
    end: () => port.onmessage({ data: { type: "end", frames: 0 } }),
  };
}

/**
 * A take that goes on after a second of 0.5, in files in memory.
 *
 * @param {import("node:test").TestContext} t
 */
async function goOn(t) {
  installEncoder(t);
  const files = { audio: memoryFile(), pcm: memoryFile() };
  /** @type {any[]} */
  const notes = [];
  /** @type {any[]} */
  const marked = [];
  const options = /** @type {any} */ ({
    take: { id: "a", rate: RATE, channels: 1 },
    journal: {
      note: (/** @type {string} */ _, /** @type {object} */ patch) =>
        notes.push(patch),
      finish: async (/** @type {string} */ _, /** @type {object} */ audio) =>
        audio,
    },
    offers: { flushed: () => undefined, finished: () => undefined },
    events: {
      onPeaks: () => undefined,
      onProgress: () => undefined,
      onFault: () => undefined,
      onMarker: (/** @type {object} */ marker) => marked.push(marker),
    },
  });
  const segments = [{ ...SECOND, frames: RATE, at: 1000 }, SECOND];
  const past = { scan: null, frames: RATE };
  const state = { files, segments, markers: [], past };
  const take = new RunningTake(options, state, () => undefined);
  const recorded = memoryFile();
  new PcmFile(recorded, RATE).append([new Float32Array(RATE).fill(0.5)]);
  await take.replay([recorded]);
  const heard = async () =>
    (await collect(readBlocks(files.pcm))).map(
      ({ first, channels: [samples] }) => ({
        from: first / RATE,
        seconds: samples.length / RATE,
        value: samples[0],
      }),
    );
  return { take, heard, notes, marked };
}

test("each port of a take counts in its own way", async (t) => {
  const { take, heard, notes, marked } = await goOn(t);
  const before = createPort();
  take.hear(before.port, 2 * RATE);
  before.send(0, 1, 0.25);
  await new Promise((resolve) => setImmediate(resolve));
  const anew = createPort();
  take.goOn(anew.port, { at: 9000, frame: 3.5 * RATE });
  anew.send(3.5 * RATE, 1, 0.125);
  anew.end();
  const recording = /** @type {any} */ (await take.finish());
  assert.equal(recording.frames, 4.5 * RATE);
  assert.deepEqual(await heard(), [
    { from: 1, seconds: 1, value: 0 },
    { from: 2, seconds: 1, value: 0.25 },
    { from: 3, seconds: 0.5, value: 0 },
    { from: 3.5, seconds: 1, value: 0.125 },
  ]);
  assert.deepEqual(
    marked.map(({ kind, frame, frames }) => [kind, frame, frames]),
    [
      ["gap", RATE, RATE],
      ["gap", 3 * RATE, RATE / 2],
    ],
  );
  const { segments } = notes.findLast((note) => "segments" in note);
  assert.deepEqual(
    segments.map((/** @type {any} */ { frames, at }) => [frames, at]),
    [
      [RATE, 1000],
      [2 * RATE, 5000],
      [0, 9000],
    ],
  );
});

test("what was flushed last is noted with the time it was heard at", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: 7000 });
  const { take, notes } = await goOn(t);
  const { port, send, end } = createPort();
  take.hear(port, 4 * RATE);
  send(0, 1, 0.5);
  const flushes = () =>
    notes
      .filter(({ framesFlushed }) => framesFlushed > RATE)
      .map(({ framesFlushed, flushedAt }) => [framesFlushed, flushedAt]);
  while (flushes().length === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  const [first] = flushes();
  assert.deepEqual(first, [2 * RATE, 4000], "silence that is being made");
  end();
  await take.finish();
  assert.deepEqual(flushes().at(-1), [5 * RATE, 7000]);
});

test("what was there before is not noted as recorded now", async (t) => {
  const { take, notes } = await goOn(t);
  assert.equal(notes.length, 0);
  const { port, send, end } = createPort();
  take.hear(port, RATE);
  send(0, 1, 0.5);
  end();
  await take.finish();
  assert.equal(notes.at(-1).framesFlushed, 2 * RATE);
});

test("an attempt to go on that failed is in nobody's way", async () => {
  /** @type {string[]} */
  const opened = [];
  const files = /** @type {any} */ ({
    listPcm: async () => ["pcm.a", "pcm.b.0"],
    async open(/** @type {string} */ _, /** @type {string} */ name) {
      assert.ok(!opened.includes(name), `${name} is open`);
      opened.push(name);
      return memoryFile();
    },
  });
  const take = /** @type {any} */ ({ id: "t", rate: RATE, channels: 1 });
  await openPast(files, take, "b");
  assert.deepEqual(opened, ["pcm.a", "pcm.b.0", "audio.webm", "pcm.b.0.1"]);
});
