import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { uploadTake } from "./support/api.js";
import { startChromium } from "./support/chromium.js";
import { encodeTake } from "./support/encode.js";
import { waitFor } from "./support/processes.js";
import { putRecording } from "./support/recording.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { unzip } from "./support/unzip.js";

/** @typedef {import("playwright-core").Page} Page */

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
      studio.button("Export all").press("Enter"),
    );
    await page
      .locator(".toast")
      .getByText(
        "The zip with 2 recordings is complete. 1 recording that only the server has is not in it.",
      )
      .waitFor();
    await page.locator(".export-all:focus:not([aria-disabled])").waitFor();
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

const LOCAL = /** @type {const} */ ({
  id: "here",
  name: "Only here",
  bytes: 100_044,
  wanted: "device",
});

/** Runs in the page: @returns {Promise<string[]>} what this origin keeps */
async function kept() {
  const root = await navigator.storage.getDirectory();
  const found = [];
  for await (const name of /** @type {any} */ (root).keys()) {
    found.push(`folder ${name}`);
  }
  const databases = await indexedDB.databases();
  const workers = await navigator.serviceWorker.getRegistrations();
  return [
    ...found,
    ...databases.map(({ name }) => `database ${name}`),
    ...(await caches.keys()).map((name) => `cache ${name}`),
    ...workers.map(({ scope }) => `worker ${scope}`),
  ];
}

/** Runs in the page. @param {string} id goes to the trash */
async function buryRecording(id) {
  const module = new URL("assets/js/library/database.js", document.baseURI);
  const { openDatabase } = await import(module.href);
  const database = await openDatabase();
  await database.trash.bury(id, Date.now());
  database.close();
}

/** @param {Page} page */
const erased = (page) =>
  page.getByRole("heading", { name: "This device is erased" });

/** @param {Studio} studio in the settings @param {string} word */
async function typeWord({ page }, word) {
  const field = page.getByRole("textbox", { name: "To go on, type" });
  await field.fill(word);
  await field.press("Enter");
}

story("a device is erased in all tabs, and not under a take", async (stage) => {
  const { server, chromium, studio } = await openStudio(stage);
  const { page } = studio;
  await studio.waitForOfflineCopy();
  const there = await page.evaluate(encodeTake, { seconds: 1 });
  await uploadTake(server, there, "Lecture");
  await page.evaluate(putRecording, LOCAL);
  await page.evaluate(buryRecording, LOCAL.id);
  const other = await Studio.open(chromium, server.url);
  await recordHere(other);
  await page.bringToFront();
  await studio.goTo("Settings");
  await studio.button("Erase this device…").click();
  await page.locator(".toast").getByText("A take is running").waitFor();
  await other.page.bringToFront();
  await other.stop("Other");
  await page.bringToFront();
  await studio.button("Erase this device…").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("1 recording is only here").waitFor();
  await dialog.getByText("1 recording in the trash goes as well").waitFor();
  await typeWord(studio, "yes");
  await dialog.getByText("Nothing has been erased.").waitFor();
  assert.equal((await studio.rows()).length, 1);
  await typeWord(studio, "Erase ");
  await erased(page).waitFor();
  await erased(other.page).waitFor();
  assert.deepEqual(await page.evaluate(kept), []);
  await other.page.close();
  await studio.button("Begin anew").click();
  await studio.button("Switch on microphone").waitFor();
  await studio.goTo("Library");
  await studio.row("Lecture").waitFor();
  await page.getByText("1 recording ").waitFor();
  assert.deepEqual(await studio.rows(), []);
  await studio.waitForOfflineCopy();
  assert.equal((await page.evaluate(() => caches.keys())).length, 1);
});

/** Runs in the page: files go, and that is never told. */
function hangAfterFiles() {
  const { prototype } = FileSystemDirectoryHandle;
  const { removeEntry } = prototype;
  prototype.removeEntry = async function (...what) {
    await removeEntry.apply(this, what);
    await new Promise(() => undefined);
  };
}

story("erasing that was cut goes on at the next start", async (stage) => {
  const { server, chromium, studio } = await openStudio(stage);
  const { page } = studio;
  await studio.waitForOfflineCopy();
  await page.evaluate(putRecording, LOCAL);
  await page.addInitScript(hangAfterFiles);
  await studio.goTo("Settings");
  await studio.button("Erase this device…").click();
  await page.getByText("1 recording is only here").waitFor();
  await typeWord(studio, "erase");
  await waitFor("the files to be gone", async () => {
    const left = await page.evaluate(kept).catch(() => ["nothing yet"]);
    return (
      !left.includes("folder takes") && left.includes("database waveforge")
    );
  });
  assert.equal(await page.getByText("Only here").count(), 0);
  await chromium.crash();
  const again = await startChromium(stage, { profile: chromium.profile });
  const next = await again.open(server.url);
  await erased(next).waitFor();
  assert.deepEqual(await next.evaluate(kept), []);
});
