import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { openAs } from "./support/look.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";

/** @typedef {import("playwright-core").Page} Page */

const DESKTOP = /** @type {import("./support/look.js").Look} */ ({
  language: "en",
  theme: "light",
  width: 1280,
});

/**
 * @param {import("./support/story.js").Stage} stage
 * @returns {Promise<Page>} the settings, with a server of their own
 */
async function openSettings(stage) {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const page = await openAs(chromium, server.url, DESKTOP);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { name: "Settings", exact: true }).waitFor();
  return page;
}

/**
 * @param {Page} page
 * @param {string} name of a list
 * @param {string} value what its entry says
 */
async function choose(page, name, value) {
  await page.getByRole("combobox", { name }).selectOption({ label: value });
}

/** @param {Page} page @returns {Promise<string[]>} what the settings say */
async function said(page) {
  const lists = page.locator("#view-settings select:visible");
  const chosen = await lists.evaluateAll((nodes) =>
    nodes.map((node) =>
      node instanceof HTMLSelectElement
        ? (node.selectedOptions[0]?.textContent ?? "")
        : "",
    ),
  );
  const limit = page.getByRole("spinbutton");
  const keys = page.getByRole("checkbox");
  return [...chosen, await limit.inputValue(), String(await keys.isChecked())];
}

/** @param {Page} page @param {string[]} wanted */
async function waitForSaid(page, wanted) {
  let last = "";
  await waitFor("the settings to say what they should", async () => {
    last = (await said(page)).join("; ");
    return last === wanted.join("; ");
  }).catch((error) => {
    throw new Error(`${error.message}; they say: ${last}`);
  });
}

/** @param {Page} page @param {string | null} theme */
const waitForTheme = (page, theme) =>
  waitFor(`the theme to be ${theme}`, async () => {
    const now = await page.locator("html").getAttribute("data-theme");
    return now === theme;
  });

const CHOSEN = [
  "English",
  "Dark",
  "Music",
  "10 seconds before Record",
  "512 kB",
  "64",
  "false",
];

/** @param {Page} page chooses what CHOSEN says */
async function chooseAll(page) {
  await choose(page, "Language", "English");
  await choose(page, "Theme", "Dark");
  await choose(page, "Usual sound", "Music");
  await choose(page, "Pre-roll", "10 seconds before Record");
  await choose(page, "Size of the pieces", "512 kB");
  const limit = page.getByRole("spinbutton", { name: "Upload limit" });
  await limit.fill("64");
  await limit.press("Tab");
  await page.getByRole("checkbox", { name: "Single keys work" }).uncheck();
}

story("settings take effect at once, in every tab, and stay", async (stage) => {
  const page = await openSettings(stage);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole("link", { name: "Record", exact: true }).click();
  await chooseAll(page);
  await waitForTheme(other, "dark");
  const sound = other.getByRole("combobox", { name: "Sound" });
  await waitFor(
    "the other tab to have the sound",
    async () => (await sound.inputValue()) === "music",
  );
  await choose(page, "Language", "Deutsch");
  await other.getByRole("link", { name: "Einstellungen" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "de");
  await choose(page, "Sprache", "English");
  await other.getByRole("link", { name: "Settings" }).click();
  await waitForSaid(other, CHOSEN);
  await page.reload();
  await page.getByRole("heading", { name: "Settings", exact: true }).waitFor();
  await waitForSaid(page, CHOSEN);
});

story(
  "what was set goes back to defaults, and can be undone",
  async (stage) => {
    const page = await openSettings(stage);
    await page.getByRole("option", { name: "512 kB" }).waitFor({
      state: "attached",
    });
    const before = await said(page);
    await chooseAll(page);
    await waitForSaid(page, CHOSEN);
    await page.getByRole("button", { name: "Reset to defaults" }).click();
    await waitForSaid(page, before);
    await waitForTheme(page, null);
    await page.getByRole("button", { name: "Undo" }).click();
    await waitForSaid(page, CHOSEN);
    await waitForTheme(page, "dark");
  },
);
