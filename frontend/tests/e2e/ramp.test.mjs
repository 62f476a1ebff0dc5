import assert from "node:assert/strict";
import path from "node:path";
import { startChromium } from "./support/chromium.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { RAMP_VALUES, writeRamp } from "./support/wav.js";

/**
 * Runs in the page: records a while with the studio's own record path, unprocessed,
 * while the main thread hangs again and again, and reads the spooled PCM back.
 *
 * @param {{ms: number, values: number}} task values: how many the ramp has
 * @returns {Promise<{frames: number, rate: number, steps: [number, number][]}>}
 *   steps: each difference between neighbours that is not +1, with its place
 */
async function recordWhileBusy({ ms, values }) {
  /** @param {string} name @returns {Promise<any>} */
  const load = (name) =>
    import(new URL(`assets/js/${name}`, document.baseURI).href);
  const { createRecorder } = await load("capture/recorder.js");
  const { createSpool } = await load("spool/client.js");
  const { readBlocks } = await load("core/framing.js");
  const end = new AbortController();
  const clock = { now: () => Date.now() };
  const spool = createSpool({ signal: end.signal });
  const recorder = createRecorder({ spool, clock, signal: end.signal });

  await recorder.arm({ preset: "unprocessed" });
  await recorder.start({ name: "Ramp", wanted: "device" });
  const until = Date.now() + ms;
  while (Date.now() < until) {
    const hangUntil = performance.now() + 250;
    while (performance.now() < hangUntil) {
      // It hangs.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { id } = await recorder.stop();
  await recorder.release();

  const root = await navigator.storage.getDirectory();
  const takes = await root.getDirectoryHandle("takes");
  const folder = await takes.getDirectoryHandle(id);
  let frames = 0;
  let rate = 0;
  let last = null;
  /** @type {[number, number][]} */
  const steps = [];
  for await (const [name, handle] of /** @type {any} */ (folder).entries()) {
    if (!name.startsWith("pcm.")) {
      continue;
    }
    const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
    const read = (/** @type {number} */ from, /** @type {number} */ length) =>
      bytes.subarray(from, from + length);
    for (const block of readBlocks({ size: bytes.length, read })) {
      rate = block.rate;
      for (const sample of block.channels[0]) {
        // Chromium scales what is above zero by one less.
        const value = Math.round(sample * (sample < 0 ? 32_768 : 32_767));
        const step = last === null ? 1 : (value - last + values) % values;
        if (step !== 1) {
          steps.push([frames, step]);
        }
        last = value;
        frames++;
      }
    }
  }
  end.abort();
  return { frames, rate, steps: steps.slice(0, 20) };
}

story(
  "no frame is lost while the page hangs again and again",
  async (stage) => {
    const server = await startServer(stage);
    const microphone = path.join(await stage.folder(), "ramp.wav");
    const chromium = await startChromium(stage, {
      microphone: await writeRamp(microphone),
      flags: ["--autoplay-policy=no-user-gesture-required"],
    });
    const page = await chromium.open(server.url);
    const task = { ms: 4000, values: RAMP_VALUES };
    // An overloaded machine makes the browser itself lose input now and then; a
    // record path that needs the main thread loses some at each of its hangs.
    /** @type {[number, number][] | null} */
    let steps = null;
    for (let attempt = 1; attempt <= 3 && steps?.length !== 0; attempt++) {
      const heard = await page.evaluate(recordWhileBusy, task);
      const { frames, rate } = heard;
      assert.ok(frames > 3.5 * rate, `${frames} frames at ${rate} Hz`);
      steps = heard.steps;
    }
    assert.deepEqual(steps, []);
  },
);
