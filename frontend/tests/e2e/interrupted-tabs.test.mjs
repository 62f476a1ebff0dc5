import assert from "node:assert/strict";
import path from "node:path";
import { assertUnbroken } from "./support/assertions.js";
import { probe, sha256 } from "./support/audio.js";
import { startChromium } from "./support/chromium.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio, actOn } from "./support/studio.js";
import { writeStaircase } from "./support/wav.js";

/** What a crash may cost at most. */
const LOSS_SECONDS = 0.5;

/** @typedef {import("../../assets/js/core/types.js").RecordingRow} RecordingRow */

/**
 * Two tabs record, one of them longer than the other, and the browser crashes.
 *
 * @param {import("./support/chromium.js").Chromium} chromium
 * @param {string} url
 * @returns {Promise<Map<string, number>>} seconds that each take was told to have
 */
async function crashTwoTabs(chromium, url) {
  const tabs = [
    await Studio.open(chromium, url),
    await Studio.open(chromium, url),
  ];
  const told = new Map();
  for (const tab of tabs) {
    await tab.page.bringToFront();
    await tab.record();
    const { id } = await tab.waitForRow(
      "the take to be noted",
      (row) => !told.has(row.id),
    );
    told.set(id, tab);
    await tab.recordUntil(2.5);
  }
  for (const [id, tab] of told) {
    told.set(id, await tab.seconds());
  }
  await chromium.crash();
  return told;
}

/**
 * @param {Studio} studio
 * @param {string} action  for the first take that is said to be interrupted
 */
async function actOnCut({ page }, action) {
  const cut = page.getByRole("listitem").filter({ hasText: "Interrupted" });
  await actOn(cut.first(), action);
}

/**
 * Asserts that the server has this take as the device has it.
 *
 * @param {import("./support/server.js").Server} server
 * @param {Studio} studio
 * @param {string} id
 */
async function assertOnServer(server, studio, id) {
  const row = await studio.waitForRow(
    "the take to be on the server",
    (each) => each.id === id && each.uploaded,
  );
  const entry = (await server.metadata()).find((each) => each.id === id);
  const file = path.join(server.store, entry?.filename ?? "");
  const digest = await sha256(file);
  assert.deepEqual([row.sha256, entry?.sha256], [digest, digest]);
  assert.equal(await studio.deviceDigest(id), digest);
  const { duration } = await probe(file);
  assert.equal(Math.round(duration * 1000), row.durationMs);
  return { row, file, duration };
}

story(
  "of two tabs that were cut one take goes on, one is kept, none is mixed",
  async (stage) => {
    const server = await startServer(stage);
    const folder = await stage.folder();
    const microphone = await writeStaircase(path.join(folder, "stairs.wav"));
    const first = await startChromium(stage, { microphone });
    const told = await crashTwoTabs(first, server.url);

    const { profile } = first;
    const second = await startChromium(stage, { microphone, profile });
    const studio = await Studio.open(second, server.url);
    await studio.page.getByText("2 takes were interrupted").waitFor();
    await studio.goTo("Library");
    await actOnCut(studio, "Continue");
    await studio.button("Stop").waitFor();
    await studio.page.getByText("1 take was interrupted").waitFor();
    const isRunning = (/** @type {RecordingRow} */ { state }) =>
      state === "recording";
    const { id: onward } = await studio.waitForRow("a take to run", isRunning);
    assert.equal((await studio.rows()).filter(isRunning).length, 1);
    const [kept] = [...told.keys()].filter((id) => id !== onward);
    await studio.button("Keep").first().click();
    const before = await assertOnServer(server, studio, kept);
    assert.equal((before.row.segments ?? []).length, 1);
    assert.ok(before.duration >= Number(told.get(kept)) - LOSS_SECONDS);
    await assertUnbroken(studio, kept, before.file);

    await studio.stop();
    const after = await assertOnServer(server, studio, onward);
    const { segments = [], markers = [] } = after.row;
    assert.equal(segments.length, 2);
    const [{ rate, frames }] = segments;
    assert.ok(frames / rate >= Number(told.get(onward)) - LOSS_SECONDS);
    const faults = markers.filter(({ code }) => code === "TAKE_INTERRUPTED");
    assert.deepEqual(
      faults.map(({ frame }) => frame),
      [frames],
    );
    const rows = await studio.rows();
    assert.deepEqual(rows.map(({ id }) => id).sort(), [...told.keys()].sort());
  },
);

story(
  "a tab tells of a take that another one left unfinished",
  async (stage) => {
    const server = await startServer(stage);
    const chromium = await startChromium(stage);
    const recording = await Studio.open(chromium, server.url);
    await recording.record();
    await recording.recordUntil(1.5);
    const other = await Studio.open(chromium, `${server.url}#library`);
    await other.page.locator('.badge[data-kind="recording"]').waitFor();
    await recording.page.close();
    await other.page.getByText("1 take was interrupted").waitFor();
    await actOnCut(other, "Keep");
    const row = await other.waitForRow(
      "it to be kept",
      ({ state }) => state === "finished",
    );
    assert.ok(row.durationMs >= 1000, `${row.durationMs} ms`);
  },
);
