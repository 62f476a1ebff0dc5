import assert from "node:assert/strict";
import path from "node:path";
import {
  assertAudio,
  assertKept,
  assertUnbroken,
} from "./support/assertions.js";
import { sha256 } from "./support/audio.js";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio, secondsIn } from "./support/studio.js";
import { writeStaircase } from "./support/wav.js";

const NAME = "Größe & <b>Meyer</b>";
const PAUSE_AT = 2;
const SECONDS = 5;

/**
 * Records some seconds with a pause in the middle, and names them.
 *
 * @param {Studio} studio
 * @returns {Promise<{pausedAt: number, seconds: number}>}
 */
async function recordAndPause(studio) {
  const { page } = studio;
  await studio.record();
  await studio.recordUntil(PAUSE_AT);
  await studio.button("Pause").click();
  await studio.button("Resume").waitFor();
  const pausedAt = await waitFor("the timer to rest", async () => {
    const before = await studio.seconds();
    await page.waitForTimeout(1000);
    return before === (await studio.seconds()) && before;
  });
  await studio.button("Resume").click();
  await studio.recordUntil(SECONDS);
  await studio.stop(NAME);
  const seconds = await studio.seconds();
  return { pausedAt, seconds };
}

/**
 * Plays a recording from the library until the player is past a second.
 *
 * @param {Studio} studio
 */
async function play(studio) {
  const player = studio.page.getByRole("region", { name: "Player" });
  await studio.row(NAME).getByRole("button", { name: /^Play/ }).click();
  const position = player.getByRole("slider", { name: "Position" });
  await waitFor(
    "the player to be past one second",
    async () => Number(await position.inputValue()) > 1,
  );
  await player.getByRole("button", { name: "Close player" }).click();
}

story(
  "a first take stands on the server, plays, and is deleted",
  async (stage) => {
    const server = await startServer(stage);
    const folder = await stage.folder();
    const chromium = await startChromium(stage, {
      microphone: await writeStaircase(path.join(folder, "stairs.wav")),
      keepsApp: true,
    });
    const studio = await Studio.open(chromium, server.url);

    const { pausedAt, seconds } = await recordAndPause(studio);
    await studio.waitForSafety(/on the server, verified/);
    assert.equal(secondsIn(await studio.safety()), Math.floor(seconds));

    const { file, entry } = await assertKept(server, studio, NAME);
    await assertAudio(file, seconds);
    const [row] = await studio.rows();
    assert.equal(row.sha256, entry.sha256);
    assert.ok(Math.abs(row.durationMs / 1000 - entry.duration) < 0.002);
    assert.equal(row.uploaded?.sha256, entry.sha256);
    await assertUnbroken(studio, row.id, file, pausedAt);

    await studio.goTo("Library");
    await studio.row(NAME).getByText("On server").waitFor();
    await play(studio);

    await studio.page.reload();
    await studio.row(NAME).getByText("On server").waitFor();
    await play(studio);

    const download = await chromium.download(() =>
      studio.act(NAME, "Download"),
    );
    assert.match(path.basename(download), /\.webm$/);
    assert.equal(await sha256(download), entry.sha256);

    await studio.act(NAME, "Delete");
    await studio.row(NAME).waitFor({ state: "detached" });
    await studio.button("Undo").waitFor();
    const later = await studio.comeBackAfter(60_000);
    await waitFor(
      "the server to delete it",
      async () => (await server.metadata()).length === 0,
    );
    assert.deepEqual(await server.files(), []);
    assert.equal((await server.fetch(`recording/${entry.id}`)).status, 404);
    await waitFor(
      "the device to delete it",
      async () => (await later.rows()).length === 0,
    );
  },
);

story("another browser finds, plays and renames a take", async (stage) => {
  const server = await startServer(stage);
  const first = await startChromium(stage);
  const recorder = await Studio.open(first, server.url);
  await recorder.record();
  await recorder.recordUntil(2);
  await recorder.stop(NAME);
  await recorder.waitForSafety(/on the server, verified/);

  const second = await startChromium(stage);
  const listener = await Studio.open(second, server.url);
  await listener.goTo("Library");
  await listener.row(NAME).getByText("On the server only").waitFor();
  await play(listener);
  await listener.rename(NAME, "Neu");
  await waitFor(
    "the new name to stand in metadata.json",
    async () => (await server.metadata())[0]?.name === "Neu",
  );
});
