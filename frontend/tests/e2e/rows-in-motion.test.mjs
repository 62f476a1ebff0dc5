import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { whenKept } from "./support/kept.js";
import { waitFor } from "./support/processes.js";
import { startProxy } from "./support/proxy.js";
import { putNamed, putRecording } from "./support/recording.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio, settleAt } from "./support/studio.js";

story("a row that moves takes the focus along", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, `${server.url}#library`);
  const { page } = studio;
  await putNamed(studio, ["Aria", "Bolero", "Chaconne"]);
  /** @param {string} first @param {string} next */
  const rename = async (first, next) => {
    await studio.rename(first, next);
    await studio.row(next).waitFor();
  };
  /** @param {string} name @param {number} place */
  const assertHeld = async (name, place) => {
    const row = studio.row(name);
    const more = studio.button(`More for ${name}`);
    await waitFor(`${name} to be in place ${place}, and held`, async () => {
      const now = await row.getAttribute("aria-posinset");
      const isHeld = (/** @type {Element} */ node) =>
        node === document.activeElement;
      return now === String(place) && (await more.evaluate(isHeld));
    });
  };
  await rename("Aria", "Zarabanda");
  await assertHeld("Zarabanda", 3);
  await rename("Zarabanda", "Aaron");
  await assertHeld("Aaron", 1);
  const names = page.getByRole("list").locator(".row-name");
  assert.deepEqual(await names.allInnerTexts(), [
    "Aaron",
    "Bolero",
    "Chaconne",
  ]);
});

story("an open menu stays as it is while its row changes", async (stage) => {
  const server = await startServer(stage);
  const proxy = await startProxy(stage, server, {});
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, `${proxy.url}#library`);
  const { page } = studio;
  await whenKept(studio);
  await page.reload();
  proxy.cut();
  const what = { id: "lecture", name: "Lecture", bytes: 1004 };
  await page.evaluate(putRecording, what);
  const row = studio.row("Lecture");
  await row.getByText("Waiting for the server").waitFor();
  const more = studio.button("More for Lecture");
  await settleAt(more);
  await more.click();
  const menu = row.getByRole("group");
  const words = await menu.getByRole("button").allInnerTexts();
  const stop = menu.getByRole("button", { name: "Stop upload" });
  const rename = menu.getByRole("button", { name: "Rename" });
  await rename.focus();
  assert.ok(words.includes("Stop upload"), `${words}`);

  proxy.mend();
  await row.getByText("On server").waitFor();
  assert.deepEqual(await menu.getByRole("button").allInnerTexts(), words);
  assert.ok(await rename.evaluate((node) => node === document.activeElement));
  assert.equal(await stop.getAttribute("aria-disabled"), "true");
  assert.equal(await rename.getAttribute("aria-disabled"), null);
  await page.keyboard.press("Escape");
  await settleAt(more);
  await more.click();
  await menu.getByRole("button", { name: "Remove from this device" }).waitFor();
  assert.equal(await stop.count(), 0);
});
