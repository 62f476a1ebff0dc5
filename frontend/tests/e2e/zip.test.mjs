import assert from "node:assert/strict";
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

/** @typedef {import("playwright-core").Page} Page */

/**
 * A library of two of one name: one is here, the other on the server.
 *
 * @param {Page} page
 * @param {import("./support/server.js").Server} server
 */
async function fillLibrary(page, server) {
  const take = await page.evaluate(encodeTake, { seconds: 2 });
  const { bytes } = await uploadTake(server, take, "Lecture");
  const what = /** @type {const} */ ({
    id: "here",
    name: "Lecture",
    bytes: 1_500_044,
    wanted: "device",
  });
  await page.evaluate(putRecording, what);
  await page.reload();
  await page.getByText("2 recordings").waitFor();
  return bytes;
}

/** @param {Studio} studio chooses all */
async function chooseAll(studio) {
  const { page } = studio;
  await page.getByRole("checkbox", { name: "Select Lecture" }).first().click();
  await page.keyboard.press("Control+a");
  await page.getByText("2 selected").first().waitFor();
}

story("what is here and on the server is saved as one zip", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  await chromium.context.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "showSaveFilePicker");
  });
  const studio = await Studio.open(chromium, `${server.url}#library`);
  const there = await fillLibrary(studio.page, server);
  await chooseAll(studio);
  const file = await chromium.download(() =>
    studio.button("Download zip").click(),
  );
  await studio.page
    .getByText("The zip with 2 recordings is complete.")
    .first()
    .waitFor();
  assert.match(path.basename(file), /^Recordings \d{4}-\d\d-\d\d\.zip$/u);
  const files = unzip(await readFile(file));
  assert.deepEqual([...files.keys()].sort(), ["Lecture.wav", "Lecture.webm"]);
  assert.equal(files.get("Lecture.wav")?.length, 1_500_044);
  assert.ok(there.equals(files.get("Lecture.webm") ?? new Uint8Array()));
});

story("a zip can be given up, and says where it failed", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const context = await chromium.newContext({
    serviceWorkers: "block",
    locale: "en-GB",
  });
  // A person cannot be asked here: the file is one of the page's own.
  await context.addInitScript(() => {
    Object.assign(globalThis, {
      showSaveFilePicker: async () =>
        (await navigator.storage.getDirectory()).getFileHandle("picked.zip", {
          create: true,
        }),
    });
  });
  const page = await context.newPage();
  const studio = new Studio(page);
  await page.goto(`${server.url}#library`);
  await fillLibrary(page, server);
  let isWell = false;
  let asked = 0;
  await page.route("**/recording/*/audio", async (route) => {
    asked += 1;
    await (isWell ? route.fulfill({ status: 500 }) : null);
  });
  await chooseAll(studio);
  await studio.button("Download zip").click();
  await page.getByText(/^Zip: \d of 2, /).waitFor();
  await studio.button("Download zip").waitFor({ state: "hidden" });
  await studio.button("Cancel").click();
  await page
    .getByRole("status")
    .filter({ hasText: "The zip was given up." })
    .waitFor();
  isWell = true;
  await studio.button("Download zip").click();
  await page
    .locator(".toast")
    .getByText(/^The zip stopped at Lecture\. The server/)
    .waitFor();
  assert.equal(asked, 2);
  const left = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const names = [];
    for await (const name of /** @type {any} */ (root).keys()) {
      names.push(name);
    }
    return names;
  });
  assert.ok(!left.includes("picked.zip"), `${left}`);
});
