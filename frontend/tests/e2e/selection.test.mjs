import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { putNamed } from "./support/recording.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

/** @typedef {import("playwright-core").Page} Page */

const NAMES = ["Aria", "Bolero", "Chaconne", "Dirge"];

/** @param {Page} page @returns {Promise<string[]>} names that are chosen */
const chosen = (page) =>
  page
    .getByRole("list")
    .getByRole("checkbox", { checked: true })
    .evaluateAll((boxes) =>
      boxes.map((box) => box.getAttribute("aria-label") ?? ""),
    );

/** @param {Page} page @param {string} names */
async function waitForChosen(page, names) {
  const wanted = names && names.split(" ").map((name) => `Select ${name}`);
  await waitFor(`${names} to be chosen`, async () => {
    const found = await chosen(page);
    return found.join() === (wanted || []).join();
  });
}

/** @param {Page} page @param {string} text */
const waitToHear = (page, text) =>
  page.getByRole("status").filter({ hasText: text }).waitFor();

story("several recordings are chosen by keys and by mouse", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, `${server.url}#library`);
  const { page } = studio;
  await putNamed(studio, NAMES);
  const bar = page.getByRole("group", { name: "Selected recordings" });
  await bar.waitFor({ state: "hidden" });
  const box = (/** @type {string} */ name) =>
    page.getByRole("checkbox", { name: `Select ${name}` });

  await studio.button("Play Aria").focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Space");
  await waitForChosen(page, "Aria");
  await waitToHear(page, "1 selected");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await waitForChosen(page, "Aria Bolero Chaconne");
  await waitToHear(page, "3 selected");
  await page.keyboard.press("Shift+ArrowUp");
  await waitForChosen(page, "Aria Bolero");
  const focus = await box("Bolero").evaluate(
    (node) => node === document.activeElement,
  );
  assert.ok(focus, "the focus goes along");
  await page.keyboard.press("Control+a");
  await waitForChosen(page, NAMES.join(" "));
  await page.keyboard.press("Escape");
  await waitForChosen(page, "");
  await bar.waitFor({ state: "hidden" });
  await waitToHear(page, "Nothing selected.");

  await box("Bolero").click();
  await box("Dirge").click({ modifiers: ["Shift"] });
  await waitForChosen(page, "Bolero Chaconne Dirge");
  await page.getByRole("searchbox").fill("c");
  await waitForChosen(page, "Chaconne");
  await page.getByRole("searchbox").fill("");
  await studio.row("Aria").waitFor();
  await waitForChosen(page, "Chaconne");

  await box("Aria").click();
  await bar.getByRole("button", { name: "Upload" }).click();
  for (const name of ["Aria", "Chaconne"]) {
    await studio.row(name).getByText("On server").waitFor();
  }
  await bar
    .getByRole("button", { name: "Upload" })
    .waitFor({ state: "hidden" });
  assert.equal((await server.metadata()).length, 2);

  await box("Dirge").click();
  await bar.getByRole("button", { name: "Delete" }).click();
  await studio.row("Bolero").waitFor();
  await bar.waitFor({ state: "hidden" });
  await studio.row("Aria").waitFor({ state: "detached" });
  const held = page.locator(":focus");
  await waitFor("the focus not to be lost", async () => {
    return (await held.count()) === 1;
  });
  await page.getByText("3 recordings are being deleted.").first().waitFor();
  await studio.button("Undo").click();
  for (const name of NAMES) {
    await studio.row(name).waitFor();
  }
});
