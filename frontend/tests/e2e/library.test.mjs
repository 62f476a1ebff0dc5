import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { putNamed, putRecording } from "./support/recording.js";
import {
  deleteOnServer,
  putOnServer,
  renameOnServer,
} from "./support/server-recordings.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { writeRamp } from "./support/wav.js";

/** @typedef {import("playwright-core").Page} Page */

/** @param {Page} page @returns {Promise<string[]>} of the rows, from above */
const shownNames = (page) =>
  page.getByRole("list").locator(".row-name").allInnerTexts();

/** @param {Page} page @param {string[]} names */
async function waitForNames(page, names) {
  let last = "";
  const isThere = async () => {
    last = (await shownNames(page)).join("; ");
    return last === names.join("; ");
  };
  await waitFor(`the rows to be ${names.join("; ")}`, isThere).catch(
    (error) => {
      throw new Error(`${error.message}; they are ${last}`);
    },
  );
}

/** @param {Page} page @param {string} text that a screen reader must hear */
const waitToHear = (page, text) =>
  page.getByRole("status").filter({ hasText: text }).waitFor();

story("the library is searched, filtered and put in order", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, `${server.url}#library`);
  const { page } = studio;
  await page.getByRole("heading", { name: "No recordings yet" }).waitFor();
  const kept = /** @type {const} */ ([
    { name: "Lecture 10", wanted: "device" },
    { name: "Müller", wanted: "device" },
    { name: "Lecture 9", wanted: "server" },
  ]);
  for (const { name, wanted } of kept) {
    const what = { id: `take-${name.length}`, name, bytes: 1004, wanted };
    await page.evaluate(putRecording, what);
  }
  await waitForNames(page, ["Lecture 9", "Müller", "Lecture 10"]);
  await studio.button("On server 1").click();
  await waitForNames(page, ["Lecture 9"]);
  await waitToHear(page, "1 recording in the list.");
  await studio.button("Only here 2").click();
  await waitForNames(page, ["Müller", "Lecture 10"]);
  await studio.button("All 3").click();
  await page
    .getByRole("combobox", { name: "Order" })
    .selectOption("Name, A to Z");
  await waitForNames(page, ["Lecture 9", "Lecture 10", "Müller"]);

  const search = page.getByRole("searchbox", { name: "Search names" });
  await search.fill("muller");
  await waitForNames(page, ["Müller"]);
  await studio.button("On server 0").click();
  await page.getByRole("heading", { name: "Nothing found" }).waitFor();
  await waitToHear(page, "Nothing found");
  await studio.button("Show all recordings").click();
  await waitForNames(page, ["Lecture 9", "Lecture 10", "Müller"]);
  assert.ok(await search.evaluate((node) => node === document.activeElement));
  assert.equal(await search.inputValue(), "");
  await page.reload();
  await waitForNames(page, ["Lecture 9", "Lecture 10", "Müller"]);
});

story(
  "what another browser does is seen in a list left open",
  async (stage) => {
    const server = await startServer(stage);
    const file = await writeRamp(path.join(await stage.folder(), "ramp.wav"));
    const wav = await readFile(file);
    await putOnServer(server, { id: "lecture", name: "Lecture", wav });
    const chromium = await startChromium(stage);
    const studio = await Studio.open(chromium, `${server.url}#library`);
    const { page } = studio;
    await waitForNames(page, ["Lecture"]);
    await studio.row("Lecture").getByText("WAV", { exact: true }).waitFor();

    await renameOnServer(server, "lecture", "Seminar");
    await waitForNames(page, ["Seminar"]);
    await studio.goTo("Record");
    await putOnServer(server, { id: "concert", name: "Concert", wav });
    await studio.goTo("Library");
    await waitForNames(page, ["Concert", "Seminar"]);
    await deleteOnServer(server, "lecture");
    const told = page.waitForResponse(/[/]recordings[?]/u, { timeout: 5000 });
    await page.evaluate(() =>
      document.dispatchEvent(new Event("visibilitychange")),
    );
    await told;
    await waitForNames(page, ["Concert"]);
  },
);

story("a name is written where it stands", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, `${server.url}#library`);
  const { page } = studio;
  await putNamed(studio, ["Aria", "Bolero"]);
  const field = page.getByRole("textbox", { name: "Name of" });
  const more = studio.button("More for Aria");
  const { keyboard } = page;

  await more.focus();
  await keyboard.press("F2");
  await field.waitFor();
  assert.equal(await field.inputValue(), "Aria");
  await keyboard.type("Arietta");
  for (const key of ["Home", "ArrowDown", "ControlOrMeta+a", "End"]) {
    await keyboard.press(key);
  }
  await keyboard.type("!");
  assert.equal(await field.inputValue(), "Arietta!", "its keys are its own");
  await keyboard.press("Escape");
  await studio.row("Aria").waitFor();
  assert.ok(await more.evaluate((node) => node === document.activeElement));

  await keyboard.press("F2");
  await field.fill("  ");
  await keyboard.press("Enter");
  await studio.row("Aria").waitFor();

  await page.getByRole("heading", { name: "Bolero" }).dblclick();
  await field.fill("Chaconne");
  await page.getByRole("heading", { name: "Library" }).click();
  await waitForNames(page, ["Aria", "Chaconne"]);
  await page.reload();
  await waitForNames(page, ["Aria", "Chaconne"]);
});

story("a server whose list fails is told, and asked again", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const context = await chromium.newContext({
    serviceWorkers: "block",
    locale: "en-GB",
  });
  const page = await context.newPage();
  const row = {
    id: "a",
    name: "Lecture 9",
    timestamp: 1,
    size: 9,
    duration: 2,
  };
  let isWell = false;
  await page.route("**/recordings?*", (route) =>
    isWell
      ? route.fulfill({ json: { recordings: [row], next: null } })
      : route.fulfill({ status: 500 }),
  );
  await page.goto(`${server.url}#library`);
  await page.getByText("The server’s list could not be read.").waitFor();
  await page.getByRole("heading", { name: "No recordings yet" }).waitFor();
  isWell = true;
  await page.getByRole("button", { name: "Try again" }).press("Enter");
  await waitForNames(page, ["Lecture 9"]);
  const failure = page.getByText("The server’s list could not be read.");
  await failure.waitFor({ state: "hidden" });
  await page.locator("#library-title:focus").waitFor();
});
