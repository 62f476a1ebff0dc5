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

/** @typedef {import("../../assets/js/core/types.js").RecordingRow} RecordingRow */

/**
 * @param {import("./support/story.js").Stage} stage
 * @returns {Promise<Studio>} whose microphone hears each of LEVELS at an input
 */
async function openStudio(stage) {
  const server = await startServer(stage);
  const file = path.join(await stage.folder(), "two.wav");
  const microphone = await writeTwoInputs(file, LEVELS);
  const chromium = await startChromium(stage, { microphone });
  return Studio.open(chromium, server.url);
}

/**
 * Records a second and more under a name.
 *
 * @param {Studio} studio
 * @param {string} name
 */
async function recordAs(studio, name) {
  await studio.button("Record").click();
  await studio.recordUntil(1);
  await studio.stop(name);
  return studio.waitForRow("it", (row) => row.name === name);
}

/**
 * Asserts that a channel has the level of its input.
 *
 * @param {Studio} studio
 * @param {RecordingRow} row
 * @param {number} channel
 * @param {number} level
 */
async function assertLevel(studio, { id, name, segments }, channel, level) {
  const { rate } = segments?.[0] ?? { rate: 0 };
  const part = { id, channel, from: rate / 2, to: rate };
  const peak = Math.max(...(await studio.page.evaluate(readPcm, part)));
  assert.ok(Math.abs(peak - level / FULL_SCALE) < 0.002, `${name}: ${peak}`);
}

story("of two inputs one is recorded alone", async (stage) => {
  const studio = await openStudio(stage);
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
    const row = await recordAs(studio, name);
    assert.equal(row.granted?.input, input);
    assert.equal(row.segments?.[0].channels, 1);
    await assertLevel(studio, row, 0, level);
    await studio.button("New take").click();
  }
  await page.reload();
  await studio.arm();
  assert.equal(await field("Channels").inputValue(), "input-2");
  await studio.goTo("Library");
  await studio.act("Input 1 alone", "Receipt");
  await page.getByText("mono, input 1 alone, unprocessed").waitFor();
});

story("in stereo each channel is what its input hears", async (stage) => {
  const studio = await openStudio(stage);
  const { page } = studio;
  const granted = page.locator(".granted");
  /** @param {string} name @param {string} option */
  const choose = (name, option) =>
    page.getByRole("combobox", { name, exact: true }).selectOption(option);
  await choose("Sound", "Music");
  await studio.arm();
  await granted.getByText(/stereo, unprocessed$/).waitFor();
  const music = await recordAs(studio, "Music");
  await studio.button("New take").click();
  await choose("Sound", "Voice");
  await granted.getByText("mono, noise suppression").waitFor();
  await choose("Channels", "Stereo");
  await granted.getByText("stereo, unprocessed; not as asked for").waitFor();
  const voice = await recordAs(studio, "Voice");
  for (const row of [music, voice]) {
    assert.equal(row.segments?.[0].channels, 2);
    for (const [channel, level] of LEVELS.entries()) {
      await assertLevel(studio, row, channel, level);
    }
  }
});
