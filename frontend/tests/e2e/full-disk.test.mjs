import assert from "node:assert/strict";
import path from "node:path";
import {
  assertAudio,
  assertKept,
  assertUnbroken,
} from "./support/assertions.js";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { loseDatabase } from "./support/recording.js";
import { startServer } from "./support/server.js";
import { mountSmallDisk, noSmallDisk } from "./support/small-disk.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { writeStaircase } from "./support/wav.js";

const NAME = "To the last byte";

/** @param {Studio} studio plays a recording until it is past half a second */
async function play(studio) {
  const player = studio.page.getByRole("region", { name: "Player" });
  await studio.row(NAME).getByRole("button", { name: /^Play/ }).click();
  const position = player.getByRole("slider", { name: "Position" });
  await waitFor(
    "the player to move",
    async () => Number(await position.inputValue()) > 0.5,
  );
  await player.getByRole("button", { name: "Close player" }).click();
}

/**
 * A take on a disk that others fill up meanwhile, and the seconds it got to.
 *
 * @param {import("./support/story.js").Stage} stage
 */
async function recordToTheEnd(stage) {
  const server = await startServer(stage);
  const stairs = path.join(await stage.folder(), "stairs.wav");
  const microphone = await writeStaircase(stairs);
  const disk = await mountSmallDisk(stage, 160);
  const profile = disk.folder;
  const chromium = await startChromium(stage, { microphone, profile });
  const studio = await Studio.open(chromium, server.url);
  const { page } = studio;
  await studio.record();
  await studio.recordUntil(1.5);
  await disk.fill();
  const said = page.locator(".toast", { hasText: "There is no room left" });
  await said.waitFor({ timeout: 60_000 });
  await disk.free();
  const name = page.getByRole("textbox", { name: "Name of the take" });
  await name.waitFor({ timeout: 60_000 });
  const seconds = await studio.seconds();
  assert.ok(seconds >= 1.5);
  await name.fill(NAME);
  await name.press("Enter");
  return { server, studio, seconds };
}

story(
  "a full disk costs a take no second, nor does a lost database",
  async (stage) => {
    const { server, studio, seconds } = await recordToTheEnd(stage);
    const { page } = studio;
    await studio.waitForSafety(/on the server, verified/);
    const { file, entry } = await assertKept(server, studio, NAME);
    await assertAudio(file, seconds, 0.15);
    await assertUnbroken(studio, entry.id, file);
    await studio.goTo("Library");
    await play(studio);

    const [before] = await studio.rows();
    await page.goto(`${server.url}assets/app.css`);
    await page.evaluate(loseDatabase);
    await page.goto(`${server.url}#library`);
    await studio.row(NAME).getByText("On server").waitFor();
    const [after, ...others] = await studio.rows();
    assert.deepEqual(others, []);
    assert.equal(after.id, before.id);
    assert.deepEqual(after.peaks, before.peaks);
    await assertKept(server, studio, NAME);
  },
  { skip: noSmallDisk },
);
