import assert from "node:assert/strict";
import path from "node:path";
import { startChromium } from "./support/chromium.js";
import { readRamp } from "./support/ramp.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { RAMP_VALUES, writeRamp } from "./support/wav.js";

/**
 * Runs in the page: records a while with the studio's own record path, unprocessed,
 * while the main thread hangs again and again.
 *
 * @param {number} ms
 * @returns {Promise<string>} the take
 */
async function recordWhileBusy(ms) {
  /** @param {string} name @returns {Promise<any>} */
  const load = (name) =>
    import(new URL(`assets/js/${name}`, document.baseURI).href);
  const { createRecorder } = await load("capture/recorder.js");
  const { createSpool } = await load("spool/client.js");
  const end = new AbortController();
  const clock = { now: () => Date.now(), steady: () => performance.now() };
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

  end.abort();
  return id;
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
    // An overloaded machine makes the browser itself lose input now and then; a
    // record path that needs the main thread loses some at each of its hangs.
    /** @type {[number, number][] | null} */
    let steps = null;
    for (let attempt = 1; attempt <= 3 && steps?.length !== 0; attempt++) {
      const id = await page.evaluate(recordWhileBusy, 4000);
      const take = { id, values: RAMP_VALUES };
      const heard = await page.evaluate(readRamp, take);
      const { frames, rate } = heard;
      assert.ok(frames > 3.5 * rate, `${frames} frames at ${rate} Hz`);
      steps = heard.steps;
    }
    assert.deepEqual(steps, []);
  },
);
