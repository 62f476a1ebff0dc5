/** Ways to look at the studio: sizes, themes, languages, and what axe finds. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { startChromium } from "./chromium.js";
import { startServer } from "./server.js";

/** @typedef {import("playwright-core").Page} Page */

/**
 * @typedef {object} Look
 * @property {"en" | "de"} language
 * @property {"light" | "dark"} theme
 * @property {number} width
 */

/** So tall that of what is looked at nothing is half below an edge. */
const HEIGHT = 1000;
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Pairs that meet every language, theme and width once. @type {Look[]} */
export const PAIRS = [
  { language: "de", theme: "dark", width: 320 },
  { language: "en", theme: "light", width: 375 },
  { language: "de", theme: "light", width: 1280 },
  { language: "en", theme: "dark", width: 1280 },
];

/** @type {Look} */
export const DESKTOP = { language: "en", theme: "light", width: 1280 };

/** Every look there is. @returns {Look[]} */
export function allLooks() {
  return /** @type {const} */ (["en", "de"]).flatMap((language) =>
    /** @type {const} */ (["light", "dark"]).flatMap((theme) =>
      [320, 375, 1280].map((width) => ({ language, theme, width })),
    ),
  );
}

/** @param {Look} look @returns {string} for messages */
export function nameOf({ language, theme, width }) {
  return `${language}, ${theme}, ${width} px`;
}

/**
 * Opens the studio in a context of its own.
 *
 * @param {import("./chromium.js").Chromium} chromium
 * @param {string} url
 * @param {Look} look
 * @param {import("playwright-core").BrowserContextOptions} [options]
 * @returns {Promise<Page>}
 */
export async function openAs(chromium, url, look, options = {}) {
  const context = await chromium.newContext({
    viewport: { width: look.width, height: HEIGHT },
    colorScheme: look.theme,
    locale: look.language === "de" ? "de-DE" : "en-GB",
    permissions: ["microphone"],
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/**
 * @param {import("./story.js").Stage} stage
 * @returns {Promise<Page>} the studio, in English, with a server of its own
 */
export async function openDesktop(stage) {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const page = await openAs(chromium, server.url, DESKTOP);
  await page.locator(".arm").waitFor();
  return page;
}

/**
 * What axe has against the page as it stands: violations, and contrasts it
 * could not judge.
 *
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function faults(page) {
  if (!(await page.evaluate("'axe' in globalThis"))) {
    await page.evaluate(readFileSync(AXE, "utf8"));
  }
  const { violations, incomplete } = await page.evaluate((values) => {
    const { axe } = /** @type {any} */ (globalThis);
    const runOnly = { type: "tag", values };
    return axe.run({ runOnly, resultTypes: ["violations", "incomplete"] });
  }, RULES);
  const unsure = incomplete.filter(
    (/** @type {any} */ { id }) => id === "color-contrast",
  );
  return [...violations, ...unsure].flatMap(({ id, nodes }) =>
    nodes.map(
      (/** @type {any} */ { html, failureSummary }) =>
        `${id}: ${html} ${failureSummary}`,
    ),
  );
}

/**
 * Texts that are cut off, and what reaches beyond the page's edge.
 *
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export function clippedTexts(page) {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth + 1;
    const found = [];
    if (document.documentElement.scrollWidth > edge) {
      found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    }
    const walker = document.createTreeWalker(
      document.body,
      NodeFilter.SHOW_TEXT,
    );
    while (walker.nextNode()) {
      const text = walker.currentNode;
      const parent = text.parentElement;
      const range = document.createRange();
      range.selectNodeContents(text);
      const box = range.getBoundingClientRect();
      const isShown = text.textContent?.trim() && box.width > 1;
      const isForEars = parent?.closest(".sr-only, .skip-link, [hidden]");
      const clip = parent && getComputedStyle(parent).clipPath;
      if (!parent || !isShown || isForEars || clip !== "none") {
        continue;
      }
      const own = parent.getBoundingClientRect();
      const isCut =
        getComputedStyle(parent).overflowX !== "visible" &&
        getComputedStyle(parent).textOverflow !== "ellipsis" &&
        box.right > own.right + 1;
      if (box.right > edge || box.left < -1 || isCut) {
        found.push(`"${text.textContent}" from ${box.left} to ${box.right}`);
      }
    }
    return found;
  });
}
