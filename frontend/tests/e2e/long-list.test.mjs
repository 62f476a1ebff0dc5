import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";

/** @typedef {import("playwright-core").Page} Page */

const COUNT = 10_000;
const HOUR_MS = 3_600_000;

const RECORDINGS = Array.from({ length: COUNT }, (_, index) => ({
  id: `r${index}`,
  name: `Take ${index + 1}`,
  timestamp: 1_700_000_000_000 - index * HOUR_MS,
  size: 1000 + index,
  duration: 60,
  mime_type: "audio/webm",
  metadata: {},
}));

/**
 * The server's list: after its first page it waits until it is let go on.
 *
 * @param {Page} page
 */
async function listTenThousand(page) {
  let goOn = () => {};
  const rest = new Promise((resolve) => {
    goOn = () => resolve(null);
  });
  await page.route("**/recordings?*", async (route) => {
    const { searchParams } = new URL(route.request().url());
    const from = Number(searchParams.get("cursor") ?? 0);
    const to = from + Number(searchParams.get("limit"));
    await (from > 0 ? rest : null);
    const next = to < COUNT ? String(to) : null;
    const recordings = RECORDINGS.slice(from, to);
    await route.fulfill({ json: { recordings, next } });
  });
  return { goOn };
}

/** @param {Page} page @returns {Promise<{position: number, of: number, label: string, rows: number}>} */
const focused = (page) =>
  page.evaluate(() => {
    const node = document.activeElement;
    const row = node?.closest('[role="list"] > li');
    return {
      position: Number(row?.getAttribute("aria-posinset") ?? 0),
      of: Number(row?.getAttribute("aria-setsize") ?? 0),
      label: node?.getAttribute("aria-label") ?? "",
      rows: document.querySelectorAll('[role="list"] > li').length,
    };
  });

story("ten thousand recordings are read and walked by keys", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const context = await chromium.newContext({
    serviceWorkers: "block",
    locale: "en-GB",
  });
  const page = await context.newPage();
  const list = await listTenThousand(page);
  await page.goto(`${server.url}#library`);
  await page.getByText("1,000 recordings").waitFor();
  list.goOn();
  await page.getByText("10,000 recordings").waitFor();

  await page.getByRole("button", { name: "Play Take 1", exact: true }).focus();
  await page.keyboard.press("ArrowDown");
  assert.equal((await focused(page)).label, "Play Take 2");
  await page.keyboard.press("End");
  const last = await focused(page);
  assert.deepEqual(
    { ...last, rows: 0 },
    { position: COUNT, of: COUNT, label: "Play Take 10000", rows: 0 },
  );
  assert.ok(last.rows < 300, `${last.rows} rows`);
  const end = page.getByRole("button", { name: "Play Take 10000" });
  await waitFor("the last row to be in sight", () =>
    end.evaluate((node) => {
      const { top, bottom } = node.getBoundingClientRect();
      return top > 0 && bottom < innerHeight;
    }),
  );
  await page.keyboard.press("Tab");
  assert.equal((await focused(page)).label, "More for Take 10000");
  await page.keyboard.press("Tab");
  assert.equal((await focused(page)).position, 0, "Tab leaves the list");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Home");
  assert.equal((await focused(page)).label, "More for Take 1");

  await page.mouse.move(600, 500);
  for (let turn = 0; turn < 20; turn += 1) {
    await page.mouse.wheel(0, 7919);
    const { rows } = await focused(page);
    assert.ok(rows < 300, `${rows} rows`);
  }
  const seen = page.getByRole("list").getByRole("listitem");
  await waitFor("rows far below to be in sight", () =>
    seen.evaluateAll((nodes) =>
      nodes.some((node) => {
        const { top, bottom } = node.getBoundingClientRect();
        const isSeen = top > 0 && bottom < innerHeight;
        return isSeen && Number(node.getAttribute("aria-posinset")) > 1000;
      }),
    ),
  );
  assert.equal((await focused(page)).label, "More for Take 1", "focus stays");

  await page.keyboard.press("Control+a");
  await page.getByText("10,000 selected").first().waitFor();
  const { rows } = await focused(page);
  assert.ok(rows < 300, `${rows} rows`);
  await page.keyboard.press("End");
  const box = page.getByRole("checkbox", { name: "Select Take 10000" });
  await waitFor("rows that come to be chosen, too", () => box.isChecked());
});
