import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { startChromium } from "./support/chromium.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

const require = createRequire(import.meta.url);
const AXE = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

/**
 * How the page is shown: each theme, language and width with each of the others
 * at least once.
 *
 * @type {{theme: "light" | "dark", language: "de" | "en", width: number}[]}
 */
const LOOKS = [
  { theme: "light", language: "de", width: 320 },
  { theme: "dark", language: "en", width: 320 },
  { theme: "light", language: "en", width: 375 },
  { theme: "dark", language: "de", width: 375 },
  { theme: "light", language: "de", width: 1280 },
  { theme: "dark", language: "en", width: 1280 },
];

/**
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>} what axe finds, and contrasts it cannot judge
 */
async function findings(page) {
  await page.evaluate(AXE);
  const { violations, incomplete } = await page.evaluate((tags) => {
    const axe = Reflect.get(window, "axe");
    return axe.run(document, { runOnly: { type: "tag", values: tags } });
  }, RULES);
  const unsure = incomplete.filter(
    (/** @type {any} */ result) => result.id === "color-contrast",
  );
  return [...violations, ...unsure].flatMap((/** @type {any} */ result) =>
    result.nodes.map(
      (/** @type {any} */ node) =>
        `${result.id}: ${node.target} ${node.failureSummary}`,
    ),
  );
}

/** Runs in the page: resolves when what has changed is drawn. */
async function settle() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  await frame();
  const running = document.getAnimations().map(({ finished }) => finished);
  await Promise.allSettled(running);
}

/**
 * Looks at the page in each look, and asserts that nothing is found, and that
 * nothing sticks out at the side.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} view what is shown
 * @param {typeof LOOKS} [looks]
 */
async function assertAccessible(page, view, looks = LOOKS) {
  for (const { theme, language, width } of looks) {
    // So high that no bar lies over what axe judges.
    await page.setViewportSize({ width, height: 2400 });
    await page.emulateMedia({ colorScheme: theme });
    await page.locator(`[data-language="${language}"]`).click();
    await page.evaluate(settle);
    const where = `${view}, ${theme}, ${language}, ${width} px`;
    assert.deepEqual(await findings(page), [], where);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    assert.ok(overflow <= 0, `${where}: ${overflow} px too wide`);
  }
  await page.locator('[data-language="en"]').click();
}

story("the record view is accessible in all its states", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, server.url);
  const { page } = studio;
  await studio.button("Switch on microphone").waitFor();
  await assertAccessible(page, "microphone off");
  await studio.arm();
  await assertAccessible(page, "armed", LOOKS.slice(0, 2));
  await studio.button("Record").click();
  await studio.recordUntil(1);
  await assertAccessible(page, "recording", LOOKS.slice(2));
  await studio.button("Pause").click();
  await assertAccessible(page, "paused", LOOKS.slice(1, 3));
  await studio.stop("Take");
  await studio.waitForSafety(/on the server, verified/);
  await assertAccessible(page, "kept");
});

story("the library and the dialogs are accessible", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, server.url);
  const { page } = studio;
  await studio.goTo("Library");
  await page.getByRole("heading", { name: "No recordings yet" }).waitFor();
  await assertAccessible(page, "empty library", LOOKS.slice(0, 2));
  await studio.goTo("Record");
  await studio.record();
  await studio.recordUntil(1);
  await studio.stop("Take");
  await studio.waitForSafety(/on the server, verified/);
  await studio.goTo("Library");
  await studio.row("Take").getByText("On server").waitFor();
  await assertAccessible(page, "library");
  await studio.row("Take").getByRole("button", { name: /^Play/ }).click();
  await studio.button("Close player").waitFor();
  await assertAccessible(page, "library with player", LOOKS.slice(1, 5));
  await studio.button("About and keys").click();
  assert.deepEqual(await findings(page), [], "help dialog");
  await page.keyboard.press("Escape");
  await studio.act("Take", "Rename");
  assert.deepEqual(await findings(page), [], "rename dialog");
});

story("the search for faults finds a seeded one", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, server.url);
  await studio.button("Switch on microphone").waitFor();
  await studio.page.evaluate(() => {
    document.querySelector("main")?.append(document.createElement("button"));
  });
  const found = await findings(studio.page);
  assert.ok(found.some((text) => text.startsWith("button-name")));
});
