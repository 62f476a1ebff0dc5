import assert from "node:assert/strict";
import { test } from "node:test";
import { readBlocks } from "../../assets/js/core/framing.js";
import { scanWebm } from "../../assets/js/core/webm-scan.js";
import { collect } from "./support/source.mjs";
import { RATE, begin, turns } from "./support/take.mjs";

test("a take goes on after an interruption, which is silence", async (t) => {
  const first = begin(t);
  first.hear(3.4);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await first.take.flush();
  const { audio, pcm } = first.files;
  audio.crash();
  const scan = await scanWebm(audio, { isOpen: true });
  assert.ok(scan && scan.packets >= 100);
  const past = { scan, frames: 3.4 * RATE };

  const next = begin(t, Infinity, { audio, past });
  await next.take.replay([pcm]);
  assert.equal(next.take.frames, 3.4 * RATE);
  assert.equal(next.points(), 68);
  next.hear(2, 0.5);
  assert.equal(await next.take.finish(), 5.9 * RATE);
  assert.deepEqual(next.faults, []);
  assert.deepEqual(next.gaps, [
    { frame: 3.4 * RATE, frames: RATE / 2, silent: RATE / 2 },
  ]);
  const packets = Math.ceil((5.9 * RATE + 312) / 960);
  assert.equal((await scanWebm(audio))?.packets, packets);
  const blocks = await collect(readBlocks(next.files.pcm));
  assert.equal(blocks[0].first, 3.4 * RATE);
  assert.equal((await next.samples()).length, 2.5 * RATE);
});

test("what goes on after PCM that was lost is all in the audio", async (t) => {
  const first = begin(t);
  first.hear(4);
  await turns();
  const { audio, pcm } = first.files;
  const scan = await scanWebm(audio, { isOpen: true });
  assert.ok(scan && scan.packets >= 150);
  pcm.truncate(RATE * 3);
  const past = { scan, frames: scan.packets * 960 - 312 };
  const next = begin(t, Infinity, { audio, past });
  await next.take.replay([pcm]);
  next.hear(2);
  const frames = past.frames + 2 * RATE;
  assert.equal(await next.take.finish(), frames);
  const packets = Math.ceil((frames + 312) / 960);
  assert.equal((await scanWebm(audio))?.packets, packets);
  assert.deepEqual(next.faults, []);
});

test("a take goes on though none of it was encoded yet", async (t) => {
  const first = begin(t);
  first.hear(0.3);
  const past = { scan: null, frames: 0.3 * RATE };
  const { audio, pcm } = first.files;
  audio.truncate(0);
  const next = begin(t, Infinity, { audio, past });
  await next.take.replay([pcm]);
  next.hear(1);
  assert.equal(await next.take.finish(), 1.3 * RATE);
  assert.deepEqual(next.gaps, []);
});
