import assert from "node:assert/strict";
import { openDesktop } from "./support/look.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

story("the help leads to all there is to say", async (stage) => {
  const page = await openDesktop(stage);
  await new Studio(page).waitForOfflineCopy();
  await page.reload();
  await page.getByRole("button", { name: "About and keys" }).click();
  await page.getByRole("link", { name: /^What is kept where/ }).click();
  const title = page.getByRole("heading", { name: "About WaveForge" });
  await title.waitFor();
  assert.equal(
    await title.evaluate((node) => node === document.activeElement),
    true,
  );
  await page.getByText(/^Version 1\.0\.0 \([0-9a-f]{16}\)$/).waitFor();
  await page.getByText("the operator of this page", { exact: true }).waitFor();
  const licences = page.getByText("Licences", { exact: true });
  await licences.click();
  await page.getByText(/^WaveForge 1\.0\.0 – MIT$/).waitFor();
  await page.getByText(/^idb .* – ISC$/).click();
  await page.getByText(/Permission to use, copy, modify/).waitFor();
  await page.getByRole("checkbox", { name: "Single keys work" }).uncheck();
  await page.getByRole("link", { name: "Settings" }).click();
  const keys = page.getByRole("checkbox", { name: "Single keys work" });
  assert.equal(await keys.isChecked(), false, "it is the same switch");
});

story("who runs the page says whom to tell of a barrier", async (stage) => {
  const page = await openDesktop(stage);
  await page.route("**/operator.json", (route) =>
    route.fulfill({ json: { contact: "access@studio.example" } }),
  );
  await page.goto(new URL("#info", page.url()).href);
  const link = page.getByRole("link", { name: "access@studio.example" });
  assert.equal(await link.getAttribute("href"), "mailto:access@studio.example");
  assert.equal(await link.getAttribute("target"), "_blank", "no take is ended");
  assert.equal(await link.getAttribute("rel"), "noopener");
});
