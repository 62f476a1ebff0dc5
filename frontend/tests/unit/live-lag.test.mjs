import assert from "node:assert/strict";
import { test } from "node:test";
import { tickMs } from "../../assets/js/upload/tick.js";
import { begin, HEADER } from "./support/upload.mjs";

/** @typedef {import("../../assets/js/upload/chunks.js").Chunk} Chunk */

/** Of a second of Opus; a quarter of it is what a step of the clock is. */
const CLUSTER = 12_000;
const STEPS = 4;
const TICK = (tickMs() * STEPS) / 1000;
/** Of four hours: a cue every five seconds. */
const cuesOf = (/** @type {number} */ seconds) => Math.ceil(seconds / 5) * 20;

/**
 * A take whose clusters are flushed each second, while chunks take 750 ms to be
 * acknowledged, which is fast enough.
 *
 * @param {number} steps quarters of a second until Stop
 */
function record(steps) {
  const source = {
    availableBytes: HEADER,
    isFinished: false,
    headerBytes: HEADER,
    /** @type {{to: number, seconds: number}[]} */
    borders: [],
  };
  const upload = begin({ fileId: "a", source, sha256: null });
  /** @type {{chunk: Chunk, at: number}[]} */
  let underWay = [];
  let acked = 0;
  let mostUnsent = 0;

  /** @param {number} now */
  function send(now) {
    const at = now + 3;
    underWay.push(...upload.sends().map((chunk) => ({ chunk, at })));
  }

  /** @param {number} now */
  function arrive(now) {
    const due = underWay.filter(({ at }) => at <= now);
    underWay = underWay.filter(({ at }) => at > now);
    for (const { chunk } of due) {
      acked = Math.max(acked, chunk.to);
      upload.tell({ type: "accepted", chunk });
      send(now);
    }
  }

  upload.tell({ type: "start" }).answered(null);
  send(0);
  for (let now = 1; now <= steps; now += 1) {
    arrive(now);
    if (now % STEPS === 0) {
      const seconds = now / STEPS;
      const to = HEADER + seconds * CLUSTER;
      const borders = [...source.borders.slice(-10), { to, seconds }];
      Object.assign(source, { availableBytes: to, borders });
      upload.tell({ type: "grown", source: { ...source } });
      send(now);
    }
    if (now % TICK === 1) {
      upload.tell({ type: "tick" });
      send(now);
    }
    const heard = Math.max(0, acked - HEADER) / CLUSTER;
    mostUnsent = Math.max(mostUnsent, now / STEPS - heard);
  }
  const bytes = source.availableBytes + cuesOf(steps / STEPS);
  underWay.forEach(({ chunk }) => {
    upload.tell({ type: "accepted", chunk });
  });
  upload.tell({
    type: "finished",
    source: { ...source, availableBytes: bytes, isFinished: true },
    sha256: "ff",
  });
  return { mostUnsent, afterStop: upload.deliver(), wants: upload.effect() };
}

const MINUTE = 60 * STEPS;

test("whenever a take is stopped, no more than four seconds are unsent", () => {
  for (let steps = MINUTE; steps < MINUTE + TICK; steps += 1) {
    const { mostUnsent } = record(steps);
    assert.ok(mostUnsent <= 4, `${mostUnsent} s`);
    assert.ok(mostUnsent > 1, "it is sent now and then, not at each cluster");
  }
});

test("after Stop as much is sent of four hours as of a minute", () => {
  const [short, long] = [MINUTE, 240 * MINUTE].map((steps) => record(steps));
  assert.equal(long.afterStop.length, short.afterStop.length);
  const sum = (/** @type {Chunk[]} */ chunks) =>
    chunks.reduce((all, { from, to }) => all + to - from, 0);
  const most = HEADER + 4 * CLUSTER;
  assert.ok(sum(short.afterStop) <= most + cuesOf(60));
  assert.ok(sum(long.afterStop) <= most + cuesOf(240 * 60));
  assert.equal(long.wants?.type, "complete");
});
