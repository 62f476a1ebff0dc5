import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { uploadTake } from "./support/api.js";
import { startChromium } from "./support/chromium.js";
import { encodeTake } from "./support/encode.js";
import { putRecording } from "./support/recording.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { unzip } from "./support/unzip.js";

/**
 * @param {import("./support/story.js").Stage} stage
 * @returns a studio in which nobody is asked where a file shall go
 */
async function openStudio(stage) {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  await chromium.context.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "showSaveFilePicker");
  });
  const studio = await Studio.open(chromium, server.url);
  return { server, chromium, studio };
}

/** @param {Studio} studio begins a take that stays on this device */
async function recordHere(studio) {
  await studio.page
    .getByRole("combobox", { name: "Goes to" })
    .selectOption({ label: "This device only" });
  await studio.record();
  await studio.recordUntil(1);
}

/** @param {Uint8Array} bytes */
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** @param {Uint8Array} bytes */
const textOf = (bytes) => new TextDecoder().decode(bytes);

story(
  "all that is here is exported, and diagnostics name nothing of it",
  async (stage) => {
    const { server, chromium, studio } = await openStudio(stage);
    const { page } = studio;
    await studio.goTo("Settings");
    await studio.button("Export all").click();
    await page
      .locator(".toast")
      .getByText("There is no recording on this device.")
      .waitFor();
    await studio.goTo("Record");
    await recordHere(studio);
    await studio.button("Marker").click();
    await studio.stop("Interview Meyer");
    const there = await page.evaluate(encodeTake, { seconds: 1 });
    await uploadTake(server, there, "Lecture Schulze");
    const what = { id: "wav", name: "Meyer", bytes: 500_044 };
    await page.evaluate(putRecording, {
      ...what,
      wanted: /** @type {const} */ ("device"),
    });
    await page.reload();
    await studio.goTo("Library");
    await page.getByText("3 recordings").waitFor();
    await studio.goTo("Settings");

    const file = await chromium.download(() =>
      studio.button("Export all").click(),
    );
    await page
      .locator(".toast")
      .getByText(
        "The zip with 2 recordings is complete. 1 recording that only the server has is not in it.",
      )
      .waitFor();
    const files = unzip(await readFile(file));
    assert.deepEqual([...files.keys()].sort(), [
      "Interview Meyer.webm",
      "Meyer.wav",
      "metadata.json",
    ]);
    const rows = await studio.rows();
    const take = rows.find(({ name }) => name === "Interview Meyer");
    const audio = files.get("Interview Meyer.webm") ?? new Uint8Array();
    assert.equal(sha256(audio), take?.sha256);
    assert.equal(files.get("Meyer.wav")?.length, 500_044);
    const told = JSON.parse(textOf(files.get("metadata.json") ?? audio));
    const row = told.recordings.find(
      (/** @type {any} */ each) => each.file === "Interview Meyer.webm",
    );
    assert.deepEqual(row.markers, take?.markers);
    assert.ok(
      row.markers.some((/** @type {any} */ { kind }) => kind === "marker"),
    );
    assert.deepEqual(told.notIncluded, [
      { name: "Lecture Schulze", reason: "only on the server" },
    ]);

    const saved = await chromium.download(() =>
      studio.button("Save diagnostics").click(),
    );
    assert.match(
      path.basename(saved),
      /^WaveForge diagnostics \d{4}-\d\d-\d\d\.json$/u,
    );
    assertDiagnostics(await readFile(saved, "utf8"), { server, take });
  },
);

/**
 * @param {string} text
 * @param {{server: {url: string}, take: any}} known
 */
function assertDiagnostics(text, { server, take }) {
  const { host } = new URL(server.url);
  for (const secret of [
    "Meyer",
    "Schulze",
    host,
    take.id,
    take.granted.label,
  ]) {
    assert.ok(!text.includes(secret), secret);
  }
  assert.match(text, /^\{\n {2}"savedAt": "\d{4}-/u);
  const told = JSON.parse(text);
  assert.match(told.version, /^\d+\.\d+\.\d+/u);
  assert.equal(told.capabilities.audioEncoder, true);
  assert.ok(told.storage.quotaBytes > 0);
  assert.equal(told.preferences.sound.preset, "voice");
  const own = take.id.slice(0, 8);
  const row = told.recordings.find((/** @type {any} */ { id }) => id === own);
  assert.equal(row.sizeBytes, take.sizeBytes);
  assert.equal(row.wanted, "device");
  const news = told.log.filter((/** @type {any} */ each) => each.take === own);
  assert.deepEqual(
    news.map((/** @type {any} */ { from, kind }) => `${from} ${kind}`),
    ["spool takeBegun", "spool takeEnded"],
  );
  const starts = told.log.filter(
    (/** @type {any} */ { kind }) => kind === "start",
  );
  assert.ok(starts.length >= 2);
}
