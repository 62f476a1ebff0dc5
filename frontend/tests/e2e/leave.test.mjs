import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

story("a page is left without a question unless a take runs", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, server.url);
  const { page } = studio;
  let questions = 0;
  page.on("dialog", (dialog) => {
    questions += 1;
    assert.equal(dialog.type(), "beforeunload");
    void dialog.dismiss();
  });
  await studio.arm();
  await page.reload();
  assert.equal(questions, 0, "a microphone that is open is no take");

  await studio.record();
  const asked = page.waitForEvent("dialog");
  await page.evaluate(() => setTimeout(() => location.reload()));
  await asked;
  await studio.recordUntil((await studio.seconds()) + 1);
  assert.equal(questions, 1);
  await studio.stop("Kept");
  await page.reload();
  await studio.goTo("Library");
  await studio.row("Kept").waitFor();
  assert.equal(questions, 1);
});
