import assert from "node:assert/strict";
import path from "node:path";
import { assertUnbroken } from "./support/assertions.js";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { putRecording } from "./support/recording.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { writeStaircase } from "./support/wav.js";

/**
 * Renames a recording, and plays it.
 *
 * @param {Studio} studio
 * @param {string} before
 * @param {string} now
 */
async function renameAndPlay(studio, before, now) {
  const { page } = studio;
  await studio.rename(before, now);
  await studio.row(now).getByRole("button", { name: /^Play/ }).click();
  const player = page.getByRole("region", { name: "Player" });
  const position = player.getByRole("slider", { name: "Position" });
  await waitFor(
    "the player to move",
    async () => Number(await position.inputValue()) > 0.3,
  );
  await player.getByRole("button", { name: "Close player" }).click();
}

/**
 * Asserts that device and server have these recordings and no other, the same.
 *
 * @param {import("./support/server.js").Server} server
 * @param {Studio} studio
 * @param {string[]} names in order
 */
async function assertAll(server, studio, names) {
  const entries = await waitFor("their names on the server", async () => {
    const all = await server.metadata();
    const found = all.map(({ name }) => name).sort();
    return String(found) === String(names) && all;
  });
  const rows = await studio.rows();
  assert.deepEqual(rows.map(({ name }) => name).sort(), names);
  for (const { id, name } of rows) {
    const entry = entries.find((one) => one.id === id);
    assert.equal(entry?.name, name);
    assert.equal(await studio.deviceDigest(id), entry.sha256);
  }
}

story(
  "while a tab records two others work, and nothing mixes",
  async (stage) => {
    const server = await startServer(stage);
    const stairs = path.join(await stage.folder(), "stairs.wav");
    const microphone = await writeStaircase(stairs);
    const chromium = await startChromium(stage, { microphone });
    const recording = await Studio.open(chromium, server.url);
    const library = `${server.url}#library`;
    const one = await Studio.open(chromium, library);
    const other = await Studio.open(chromium, library);
    await one.page.bringToFront(); // what is hidden is not drawn
    for (const name of ["Alpha", "Beta"]) {
      const what = { id: name.toLowerCase(), name, bytes: 192_044 };
      await one.page.evaluate(putRecording, what);
      await one.row(name).getByText("On server").waitFor();
    }
    await recording.page.bringToFront();
    await recording.record();
    await recording.recordUntil(0.5);

    await other.page.bringToFront();
    await other.act("Beta", "Delete");
    await other.row("Beta").waitFor({ state: "detached" });
    await one.page.bringToFront();
    await renameAndPlay(one, "Alpha", "Gamma");
    await other.page.bringToFront();
    await other.row("Gamma").waitFor();
    const later = await other.comeBackAfter(60_000);
    await waitFor("the server to delete it", async () =>
      (await server.metadata()).every(({ name }) => name !== "Beta"),
    );
    await recording.page.bringToFront();
    await recording.stop("Meyer");

    await recording.waitForSafety(/on the server, verified/);
    await assertAll(server, recording, ["Gamma", "Meyer"]);
    const rows = await recording.rows();
    const take = rows.find(({ name }) => name === "Meyer");
    assert.equal(take?.gaps, 0);
    const [file] = (await server.metadata()).filter(({ id }) => id === take.id);
    const stored = path.join(server.store, file.filename);
    await assertUnbroken(recording, take.id, stored);
    for (const tab of [one, later]) {
      await tab.page.bringToFront();
      await tab.row("Meyer").getByText("On server").waitFor();
    }
  },
);
