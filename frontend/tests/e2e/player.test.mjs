import assert from "node:assert/strict";
import { uploadTake } from "./support/api.js";
import { startChromium } from "./support/chromium.js";
import { encodeTake } from "./support/encode.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

/** @typedef {import("playwright-core").Page} Page */

/** @param {Page} page */
const titleOfLockScreen = (page) =>
  page.evaluate(() => navigator.mediaSession.metadata?.title);

story(
  "a recording is played as one likes, and goes on later",
  async (stage) => {
    const server = await startServer(stage);
    const chromium = await startChromium(stage, {
      flags: ["--autoplay-policy=no-user-gesture-required"],
    });
    const studio = await Studio.open(chromium, `${server.url}#library`);
    const { page } = studio;
    const take = await page.evaluate(encodeTake, { seconds: 90 });
    await uploadTake(server, take, "Lecture");
    await page.reload();
    /** @type {string[]} */
    const ranges = [];
    page.on("response", (response) => {
      if (response.url().endsWith("/audio")) {
        ranges.push(
          `${response.status()} ${response.request().headers().range}`,
        );
      }
    });
    await studio.button("Play Lecture").click();
    const dock = page.getByRole("region", { name: "Player" });
    const position = dock.getByRole("slider", { name: "Position" });
    /** @param {RegExp} text */
    const waitForPosition = (text) =>
      waitFor(`the position to be ${text}`, async () =>
        text.test((await position.getAttribute("aria-valuetext")) ?? ""),
      );
    await waitForPosition(/^[1-9]\d* seconds? of 1 minute/);
    assert.ok(
      ranges.every((range) => range.startsWith("206 bytes=")),
      `${ranges}`,
    );
    assert.equal(await titleOfLockScreen(page), "Lecture");

    await dock.getByRole("combobox", { name: "Speed" }).selectOption("2×");
    const volume = dock.getByRole("slider", { name: "Volume" });
    await volume.fill("150");
    assert.equal(await volume.getAttribute("aria-valuetext"), "150%");
    await dock.getByRole("button", { name: "EQ, off" }).click();
    const low = dock.getByRole("slider", { name: "Low, 320 Hz" });
    await low.fill("-6.5");
    assert.equal(await low.getAttribute("aria-valuetext"), "−6.5 decibels");
    await low.press("Escape");
    const equaliser = dock.getByRole("button", { name: "EQ, on" });
    assert.ok(
      await equaliser.evaluate((node) => node === document.activeElement),
    );
    await page.getByRole("heading", { name: "Library" }).focus();
    await page.keyboard.press("l");
    const loop = dock.getByRole("button", { name: "Play over and over" });
    assert.equal(await loop.getAttribute("aria-pressed"), "true");
    await page.keyboard.press("Space");
    await dock.getByRole("button", { name: "Play", exact: true }).waitFor();
    await position.fill("50");
    await page.getByRole("heading", { name: "Library" }).focus();
    await page.keyboard.press("ArrowRight");
    await waitForPosition(/^55 seconds of/);
    await dock.getByRole("button", { name: "Back 10 seconds" }).click();
    await waitForPosition(/^45 seconds of/);

    await dock.getByRole("button", { name: "Close player" }).click();
    await dock.waitFor({ state: "hidden" });
    const title = page.getByRole("heading", { name: "Library" });
    assert.ok(await title.evaluate((node) => node === document.activeElement));
    await page.reload();
    await studio.button("Play Lecture").click();
    await waitForPosition(/^(4[5-9]|5\d) seconds of/);
    const speed = dock.getByRole("combobox", { name: "Speed" });
    assert.equal(await speed.inputValue(), "2");
    assert.equal(await volume.inputValue(), "150");
    await equaliser.click();
    assert.equal(await low.inputValue(), "-6.5");
    await dock.getByRole("button", { name: "Reset" }).click();
    assert.equal(await low.inputValue(), "0");
    assert.equal(await loop.getAttribute("aria-pressed"), "true");
  },
);
