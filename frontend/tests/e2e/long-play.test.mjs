import assert from "node:assert/strict";
import { uploadTake } from "./support/api.js";
import { startChromium } from "./support/chromium.js";
import { makeLongTake } from "./support/long-take.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

/** @typedef {import("playwright-core").Page} Page */

const HOUR = 3600;
const RATE = 48_000;

/** Ever louder, from its beginning to its end. */
const PEAKS = Int8Array.from({ length: 2000 }, (_, index) => {
  const swing = Math.round((index / 2000) * 127);
  return index % 2 === 0 ? -swing : swing;
});

const STUDIO = {
  v: 1,
  peaks: Buffer.from(PEAKS.buffer).toString("base64"),
  segments: [{ rate: RATE, channels: 1, frames: 4 * HOUR * RATE, at: 1 }],
  markers: [
    { frame: 1 * HOUR * RATE, kind: "marker", at: 1, text: "Question" },
    { frame: 3 * HOUR * RATE, kind: "pause", at: 2 },
  ],
};

/** @param {Page} page @returns {Promise<number[]>} how much is painted in each quarter of the picture */
const paintedQuarters = (page) =>
  page.locator(".dock-wave canvas").evaluate((node) => {
    const canvas = /** @type {HTMLCanvasElement} */ (node);
    const { width, height } = canvas;
    const context = canvas.getContext("2d");
    return [0, 1, 2, 3].map((quarter) => {
      const from = Math.floor((quarter * width) / 4);
      const size = Math.floor(width / 4);
      const image = context?.getImageData(from, 0, size, height);
      const alphas = [...(image?.data ?? [])].filter((_, at) => at % 4 === 3);
      return alphas.filter((alpha) => alpha > 0).length;
    });
  });

story("four hours of the server are seen and heard at once", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage, {
    flags: ["--autoplay-policy=no-user-gesture-required"],
  });
  const take = makeLongTake(4 * HOUR);
  const metadata = { waveforge: STUDIO };
  const duration = 4 * HOUR;
  await uploadTake(server, take, "Night", { duration, metadata });
  const studio = await Studio.open(chromium, `${server.url}#library`);
  const { page } = studio;
  await studio.row("Night").waitFor();
  // What the page itself is made of may still be on its way.
  await page.waitForLoadState("networkidle");
  const asked = new Set();
  page.on("request", (request) => asked.add(request));
  /** @type {{url: string, bytes: number, status: number}[]} */
  const answers = [];
  page.on("requestfinished", async (request) => {
    if (!asked.has(request)) {
      return;
    }
    const sizes = await request.sizes().catch(() => null);
    const response = await request.response();
    answers.push({
      url: request.url(),
      bytes: (sizes?.responseBodySize ?? 0) + (sizes?.responseHeadersSize ?? 0),
      status: response?.status() ?? 0,
    });
  });
  /** @type {string[]} */
  const ranges = [];
  page.on("response", (response) => {
    if (response.url().endsWith("/audio")) {
      ranges.push(`${response.status()} ${response.request().headers().range}`);
    }
  });
  await studio.button("Play Night").click();
  const dock = page.getByRole("region", { name: "Player" });
  const position = dock.getByRole("slider", { name: "Position" });
  const waitForPosition = (/** @type {RegExp} */ text) =>
    waitFor(`the position to be ${text}`, async () =>
      text.test((await position.getAttribute("aria-valuetext")) ?? ""),
    );
  await waitForPosition(/^[1-9]\d* seconds? of 4 hours/);
  await waitFor("a wave that grows", async () => {
    const quarters = await paintedQuarters(page);
    return quarters.every((count, at) => at === 0 || count > quarters[at - 1]);
  });

  await dock.getByRole("button", { name: "Next marker" }).click();
  await waitForPosition(/^1 hour/);
  await page
    .getByRole("status")
    .filter({ hasText: "1:00:00 Question" })
    .waitFor();
  await dock.getByRole("button", { name: "Next marker" }).click();
  await waitForPosition(/^3 hours/);
  await dock.getByRole("button", { name: "Pause", exact: true }).click();
  await dock.getByRole("button", { name: "Previous marker" }).click();
  await waitForPosition(/^1 hour/);
  await dock.getByRole("button", { name: "3:00:00 Paused" }).click();
  await waitForPosition(/^3 hours/);

  assert.ok(
    ranges.length > 0 && ranges.every((range) => range.startsWith("206 ")),
    `${ranges}`,
  );
  const others = answers.filter(({ url }) => !url.endsWith("/audio"));
  const bytes = others.reduce((sum, answer) => sum + answer.bytes, 0);
  const said = others.map((answer) => `${answer.bytes} ${answer.url}`);
  assert.ok(bytes <= 64 * 1024, said.join("\n"));
});
