import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { DESKTOP, openAs, openDesktop } from "./support/look.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

/** @typedef {import("playwright-core").Page} Page */

/**
 * @param {Page} page
 * @param {string} state as the page says it
 */
function waitForState(page, state) {
  return page.locator(".state-word", { hasText: state }).waitFor();
}

/** @param {Page} page @returns {Promise<string>} what has the focus, for people */
function focused(page) {
  return page.evaluate(() => {
    const node = document.activeElement;
    return node?.getAttribute("aria-label") || node?.textContent?.trim() || "";
  });
}

story("language, theme and view are as they were left", async (stage) => {
  const page = await openDesktop(stage);
  await page.getByRole("button", { name: "DE Deutsch" }).click();
  await page.getByRole("button", { name: "Dunkles Thema verwenden" }).click();
  await page.getByRole("link", { name: "Archiv" }).click();
  await page.reload();
  await page.getByRole("heading", { name: "Archiv", exact: true }).waitFor();
  await waitFor("the title", async () => {
    return (await page.title()) === "Archiv – WaveForge";
  });
  await page.locator('html[lang="de"][data-theme="dark"]').waitFor();
  await page.locator("#view-record").waitFor({ state: "hidden" });
});

story(
  "R and P record, pause and stop, and can be switched off",
  async (stage) => {
    const page = await openDesktop(stage);
    await page.keyboard.press("r");
    assert.equal(
      await page.locator(".arm").isVisible(),
      true,
      "R opens nothing",
    );
    await page.locator(".arm").click();
    await page.locator(".record-button").waitFor();
    await page.keyboard.press("r");
    await waitForState(page, "Recording");
    await page.keyboard.press("p");
    await waitForState(page, "Paused");
    await page.keyboard.press("P");
    await waitForState(page, "Recording");
    await page.getByRole("button", { name: "About and keys" }).click();
    const single = page.getByRole("checkbox", { name: /^Single keys/ });
    await single.uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("r");
    await page.keyboard.press("p");
    assert.equal(await page.locator(".state-word").textContent(), "Recording");
    await page.locator(".stop-button").click();
    await page.locator(".kept").waitFor();
    await page.reload();
    await page.getByRole("button", { name: "About and keys" }).click();
    await waitFor("it to stay switched off", async () => {
      return !(await single.isChecked());
    });
  },
);

story(
  "keys rest while a name is typed, and Esc loses nothing",
  async (stage) => {
    const page = await openDesktop(stage);
    const studio = new Studio(page);
    await studio.record();
    await studio.recordUntil(1);
    await page.keyboard.press("r");
    const field = page.getByRole("textbox", { name: "Name of the take" });
    await field.waitFor();
    const first = await field.inputValue();
    await waitFor("the name to have the focus", () =>
      field.evaluate((node) => node === document.activeElement),
    );
    await page.keyboard.type("Rhubarb, part 1");
    await page.keyboard.press("Escape");
    assert.equal(await field.inputValue(), first);
    assert.equal(await field.isVisible(), true);
    await field.fill("Rhubarb, part 2");
    await waitFor("the name to be saved by itself", async () =>
      (await studio.rows()).some(({ name }) => name === "Rhubarb, part 2"),
    );
    await page.reload();
    await studio.goTo("Library");
    await studio.row("Rhubarb, part 2").waitFor();
  },
);

story("a deleted recording can be brought back for a while", async (stage) => {
  const page = await openDesktop(stage);
  const studio = new Studio(page);
  await studio.record();
  await studio.recordUntil(1);
  await studio.stop("Kept after all");
  await studio.goTo("Library");
  await studio.act("Kept after all", "Delete");
  await studio.row("Kept after all").waitFor({ state: "detached" });
  await waitFor("the focus to go to the title", async () => {
    return (await focused(page)) === "Library";
  });
  await page.reload();
  await page.getByRole("heading", { name: "No recordings yet" }).waitFor();
  await studio.button("Undo").click();
  await studio.row("Kept after all").waitFor();
  await page.reload();
  await studio.row("Kept after all").waitFor();
});

story("a running take is told in the other view too", async (stage) => {
  const page = await openDesktop(stage);
  const studio = new Studio(page);
  await studio.record();
  await studio.goTo("Library");
  const sign = page.locator(".on-air");
  await sign.getByText("Recording").waitFor();
  await page.keyboard.press("r");
  assert.equal(await sign.isVisible(), true, "R rests outside its view");
  await studio.goTo("Record");
  await sign.waitFor({ state: "hidden" });
  await studio.button("Stop").click();
});

story("F6 and the skip link lead through the page", async (stage) => {
  const page = await openDesktop(stage);
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Skip to content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
  assert.equal(new URL(page.url()).hash, "");
  await page.keyboard.press("F6");
  assert.equal(await focused(page), "WaveForge");
  await page.keyboard.press("F6");
  assert.equal(await focused(page), "Record");
});

story(
  "a browser that cannot record listens, and says what helps",
  async (stage) => {
    const server = await startServer(stage);
    const chromium = await startChromium(stage);
    const page = await openAs(chromium, "about:blank", DESKTOP);
    await page.addInitScript(() => {
      Reflect.deleteProperty(globalThis, "AudioWorkletNode");
    });
    await page.goto(server.url);
    await page.getByRole("heading", { name: /recording does not$/ }).waitFor();
    assert.match(
      await page.locator(".listen-only li").innerText(),
      /newer browser/,
    );
    assert.equal(await page.locator(".arm").count(), 0);
    await page.getByRole("link", { name: "Library" }).click();
    await page.getByRole("heading", { name: "No recordings yet" }).waitFor();
  },
);

story("a start that fails says why", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const page = await openAs(chromium, "about:blank", DESKTOP);
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("not here", "InvalidStateError");
    };
  });
  await page.goto(server.url);
  const alert = page.getByRole("alert").filter({ hasText: /\w/ });
  await alert.waitFor();
  assert.match(await alert.innerText(), /database|went wrong/);
});

story("a refused microphone is told, and can be tried again", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const page = await openAs(chromium, "about:blank", DESKTOP);
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    let refusals = 1;
    mediaDevices.getUserMedia = (wishes) =>
      refusals-- > 0
        ? Promise.reject(new DOMException("no", "NotAllowedError"))
        : open(wishes);
  });
  await page.goto(server.url);
  await page.locator(".arm").click();
  await page.getByText("The browser refuses the microphone.").first().waitFor();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator(".record-button").waitFor();
});

story("on a small phone the level is judged in sight", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const context = await chromium.newContext({
    viewport: { width: 320, height: 640 },
    locale: "de-DE",
    permissions: ["microphone"],
  });
  const page = await context.newPage();
  await page.goto(server.url);
  await page.getByRole("button", { name: "Mikrofon einschalten" }).click();
  const record = page.getByRole("button", { name: "Aufnehmen" });
  const verdict = page.locator(".verdict");
  await record.waitFor();
  await waitFor("a verdict", async () => (await verdict.innerText()) !== "");
  await waitFor("it to be above, not under Record", async () => {
    const box = await verdict.boundingBox();
    const below = await record.boundingBox();
    return box && below && box.y + box.height <= below.y;
  });
  await waitFor("it to be in sight", () =>
    verdict.evaluate((node) => {
      const { left, bottom, width } = node.getBoundingClientRect();
      const top = document.elementFromPoint(left + width / 2, bottom - 2);
      return top === node;
    }),
  );
});
