import assert from "node:assert/strict";
import path from "node:path";
import { startChromium } from "./support/chromium.js";
import { readPcm } from "./support/pcm.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { writeTwoInputs } from "./support/wav.js";

const FULL_SCALE = 32_768;
const LEVELS = [8192, 2048];

story("of two inputs one is recorded alone", async (stage) => {
  const server = await startServer(stage);
  const file = path.join(await stage.folder(), "two.wav");
  const microphone = await writeTwoInputs(file, LEVELS);
  const chromium = await startChromium(stage, { microphone });
  const studio = await Studio.open(chromium, server.url);
  const { page } = studio;
  /** @param {string} name */
  const field = (name) => page.getByRole("combobox", { name, exact: true });
  await studio.arm();
  for (const [i, level] of LEVELS.entries()) {
    const input = i + 1;
    const name = `Input ${input} alone`;
    await field("Channels").selectOption(name);
    const granted = page.locator(".granted");
    await granted.getByText(`mono, input ${input} alone, unproc`).waitFor();
    await granted.getByText("as asked for: noise suppression and g").waitFor();
    await studio.button("Record").click();
    await studio.recordUntil(1);
    await studio.stop(name);
    const row = await studio.waitForRow("it", (each) => each.name === name);
    assert.equal(row.granted?.input, input);
    const [{ rate, channels }] = row.segments ?? [];
    assert.equal(channels, 1);
    const part = { id: row.id, from: rate / 2, to: rate };
    const samples = await page.evaluate(readPcm, part);
    const peak = Math.max(...samples);
    assert.ok(Math.abs(peak - level / FULL_SCALE) < 0.002, `${name}: ${peak}`);
    await studio.button("New take").click();
  }
  await page.reload();
  await studio.arm();
  assert.equal(await field("Channels").inputValue(), "input-2");
  await studio.goTo("Library");
  await studio.act("Input 1 alone", "Receipt");
  await page.getByText("mono, input 1 alone, unprocessed").waitFor();
});
