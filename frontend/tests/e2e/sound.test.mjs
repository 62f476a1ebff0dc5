import assert from "node:assert/strict";
import path from "node:path";
import { startChromium } from "./support/chromium.js";
import { readPcm } from "./support/pcm.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { writeStaircase } from "./support/wav.js";

story("a pause is cut out of a take without a click", async (stage) => {
  const server = await startServer(stage);
  const stairs = path.join(await stage.folder(), "stairs.wav");
  const microphone = await writeStaircase(stairs);
  const chromium = await startChromium(stage, { microphone });
  const studio = await Studio.open(chromium, server.url);
  await studio.record();
  await studio.recordUntil(1);
  await studio.button("Pause").click();
  await studio.page.getByText(/^0:0\d Paused$/).waitFor();
  await studio.button("Resume").click();
  await studio.recordUntil(3);
  await studio.stop();

  const [{ id, markers = [] }] = await studio.rows();
  const { frame } = markers[0];
  const near = { id, from: frame - 2000, to: frame + 2000 };
  const samples = await studio.page.evaluate(readPcm, near);
  assert.equal(samples.length, 4000);
  assert.ok(Math.max(...samples) > 0.3, "there is sound before and after");
  assert.ok(Math.abs(samples[1999]) < 0.005);
  assert.ok(Math.abs(samples[2000]) < 0.005);
  const steps = samples.slice(1).map((x, i) => Math.abs(x - samples[i]));
  const atCut = Math.max(...steps.slice(1980, 2020));
  assert.ok(atCut < 0.01, `a step of ${atCut}`);
});
