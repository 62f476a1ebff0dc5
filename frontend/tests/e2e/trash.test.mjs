import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { faults } from "./support/look.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

/** @typedef {import("playwright-core").Page} Page */

const NAME = "Meyer";

/** Runs in the page. @returns {Promise<string[]>} takes that have files */
async function takesOnDisk() {
  const names = [];
  const root = await navigator.storage.getDirectory();
  const takes = await root.getDirectoryHandle("takes");
  for await (const name of takes.keys()) {
    names.push(name);
  }
  return names;
}

/** Runs in the page. @returns {Promise<string[]>} ids of the trash's rows */
async function idsInTrash() {
  const at = new URL("assets/js/library/database.js", document.baseURI);
  const { openDatabase } = await import(at.href);
  const rows = await (await openDatabase()).trash.list();
  return rows.map((/** @type {{id: string}} */ { id }) => id);
}

/** @param {Studio} studio @param {string} badge */
const waitForBadge = (studio, badge) =>
  studio.row(NAME).getByText(badge, { exact: true }).waitFor();

/** @param {Studio} studio @param {number} count */
async function openTrash(studio, count) {
  const filter = studio.button(`Trash ${count}`);
  await filter.focus();
  await studio.page.keyboard.press("Enter");
  await studio
    .row(NAME)
    .getByText(/^Kept until/)
    .waitFor();
}

/**
 * Deletes it, and comes back when that is done.
 *
 * @param {Studio} studio
 * @param {number} laterMs by the clock of this machine
 */
async function deleteAndReturn(studio, laterMs) {
  await studio.act(NAME, "Delete");
  await openTrash(studio, 1);
  assert.deepEqual(await faults(studio.page), []);
  const later = await studio.comeBackAfter(laterMs);
  await waitFor("it to be in the trash", async () => {
    const ids = await later.page.evaluate(idsInTrash);
    return ids.length === 1;
  });
  return later;
}

/**
 * From now on nothing more can be written.
 *
 * @param {import("./support/chromium.js").Chromium} chromium
 * @param {Studio} studio
 */
async function fillDevice({ context }, { page }) {
  const devtools = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  const quota = { origin, quotaSize: 1 };
  await devtools.send("Storage.overrideQuotaForOrigin", quota);
  const write = async () => {
    const at = new URL("assets/js/library/database.js", document.baseURI);
    const { openDatabase } = await import(at.href);
    const { preferences } = await openDatabase();
    return preferences.set("more", "x").then(String, String);
  };
  await waitFor("the device to be full", async () =>
    (await page.evaluate(write)).includes("STORAGE_FULL"),
  );
}

story("what is deleted is restored, or deleted for good", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  let studio = await Studio.open(chromium, server.url);
  await studio.record();
  await studio.recordUntil(1);
  await studio.stop(NAME);
  await studio.goTo("Library");
  await waitForBadge(studio, "On server");
  const [{ id }] = await studio.rows();
  const digest = await studio.deviceDigest(id);

  studio = await deleteAndReturn(studio, 31_000);
  await waitFor("the server to hear of it", async () => {
    return (await server.metadata()).length === 0;
  });
  assert.deepEqual(await studio.rows(), []);
  await studio.page.reload();
  await openTrash(studio, 1);
  await studio.page.getByRole("searchbox").fill("nobody");
  await studio.page.getByText("Nothing found", { exact: true }).waitFor();
  await studio.page.getByRole("searchbox").fill("");
  await studio.row(NAME).getByRole("button", { name: "Restore" }).focus();
  await studio.page.keyboard.press("Enter");
  await studio.page.getByText("The trash is empty").waitFor();
  await studio.button("All 1").click();
  await waitForBadge(studio, "Not uploaded yet");
  assert.equal(await studio.deviceDigest(id), digest);

  await studio.row(NAME).getByRole("button", { name: "Upload" }).click();
  await waitForBadge(studio, "On server");
  const [entry] = await server.metadata();
  assert.equal(entry.sha256, digest);

  studio = await deleteAndReturn(studio, 70_000);
  await openTrash(studio, 1);
  await studio.act(NAME, "Delete for good");
  const dialog = studio.page.getByRole("alertdialog");
  await dialog.getByText(`Delete ${NAME} for good?`).waitFor();
  assert.deepEqual(await faults(studio.page), []);
  await studio.page.keyboard.press("Escape");
  assert.deepEqual(await studio.page.evaluate(takesOnDisk), [id]);
  await fillDevice(chromium, studio);
  await studio.button("Empty trash").click();
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await studio.page.getByText("The trash is empty").waitFor();
  await waitFor("its files to be gone", async () => {
    const left = await studio.page.evaluate(takesOnDisk);
    return left.length === 0;
  });
});
