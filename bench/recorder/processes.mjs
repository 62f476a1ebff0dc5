/** What processes of the browser use: memory, and time of a processor. */
import { readFile } from "node:fs/promises";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("../../frontend/tests/e2e/support/chromium.js").Chromium} Chromium */

const BUSY_MS = 400;
const MIB = 1024;

/**
 * The process a page is drawn in: the one that works when the page does.
 *
 * @param {Chromium} chromium
 * @param {Page} page
 * @returns {Promise<number>} its pid, also that of its main thread
 */
export async function rendererOf(chromium, page) {
  const session = await chromium.browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const pids = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => id);
  const before = await Promise.all(pids.map(mainThread));
  await page.evaluate((ms) => {
    const end = performance.now() + ms;
    while (performance.now() < end) {
      // It is to be seen working.
    }
  }, BUSY_MS);
  const after = await Promise.all(pids.map(mainThread));
  const spent = pids.map((_, i) => after[i].ranMs - before[i].ranMs);
  return pids[spent.indexOf(Math.max(...spent))];
}

/**
 * How long the main thread of a process has had a processor, and has waited for one.
 *
 * @param {number} pid
 */
export async function mainThread(pid) {
  const file = `/proc/${pid}/task/${pid}/schedstat`;
  const [ran, waited] = (await readFile(file, "utf8")).split(" ");
  return { ranMs: Number(ran) / 1e6, waitedMs: Number(waited) / 1e6 };
}

/**
 * MiB that nobody else has: they would be free if it ended.
 *
 * @param {number} pid
 */
export async function privateMemory(pid) {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
  const parts = [...text.matchAll(/^Private_\w+: +(\d+) kB$/gm)];
  return parts.reduce((sum, [, kib]) => sum + Number(kib), 0) / MIB;
}
