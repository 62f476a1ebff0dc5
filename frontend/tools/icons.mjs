#!/usr/bin/env node
/**
 * Draws the app's icons (PNG) from their SVG sources, by Chromium.
 *
 *     node tools/icons.mjs
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ICONS = fileURLToPath(new URL("../assets/icons/", import.meta.url));
const PROGRAM = process.env.WAVEFORGE_CHROMIUM ?? "/usr/bin/chromium";
const DRAWINGS = [
  { source: "icon.svg", size: 192, target: "icon-192.png" },
  { source: "icon.svg", size: 512, target: "icon-512.png" },
  { source: "icon-maskable.svg", size: 512, target: "icon-maskable-512.png" },
];

const browser = await chromium.launch({
  executablePath: PROGRAM,
  args: ["--no-sandbox"],
});
for (const { source, size, target } of DRAWINGS) {
  const page = await browser.newPage({
    viewport: { width: size, height: size },
  });
  const svg = readFileSync(path.join(ICONS, source)).toString("base64");
  await page.goto(`data:image/svg+xml;base64,${svg}`);
  const file = path.join(ICONS, target);
  await page.screenshot({ path: file, omitBackground: true });
  await page.close();
}
await browser.close();
