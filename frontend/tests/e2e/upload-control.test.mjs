import assert from "node:assert/strict";
import { assertKept } from "./support/assertions.js";
import { startChromium } from "./support/chromium.js";
import { whenKept } from "./support/kept.js";
import { startProxy } from "./support/proxy.js";
import { putRecording } from "./support/recording.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

const MIB = 1024 * 1024;

/**
 * @param {Studio} studio
 * @param {string} name of a recording
 * @param {string} badge
 */
async function waitForBadge(studio, name, badge) {
  await studio.row(name).getByText(badge).waitFor();
}

story("an upload can be paused, resumed and stopped", async (stage) => {
  const server = await startServer(stage);
  const proxy = await startProxy(stage, server, {});
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, `${proxy.url}#library`);
  await whenKept(studio);
  await studio.page.reload();
  proxy.cut();
  for (const name of ["Lecture", "Other"]) {
    const what = { id: name, name, bytes: MIB };
    await studio.page.evaluate(putRecording, what);
    await waitForBadge(studio, name, "Waiting for the server");
  }
  await studio.act("Lecture", "Pause upload");
  await waitForBadge(studio, "Lecture", "Upload paused");
  await studio.act("Other", "Stop upload");
  await waitForBadge(studio, "Other", "Not uploaded yet");

  proxy.mend();
  await studio.page.reload();
  await studio.page.getByText("Online", { exact: true }).waitFor();
  await waitForBadge(studio, "Lecture", "Upload paused");
  await waitForBadge(studio, "Other", "Not uploaded yet");
  assert.equal((await server.fetch("upload/Lecture")).status, 404);

  await studio.act("Lecture", "Resume upload");
  await waitForBadge(studio, "Lecture", "On server");
  await studio.page.getByText("1 recording is not uploaded yet.").waitFor();
  await studio.button("Upload all").click();
  await waitForBadge(studio, "Other", "On server");
  await studio.button("Upload all").waitFor({ state: "hidden" });
});

story("a take goes to the server once a person says so", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, server.url);
  const select = studio.page.getByLabel("Goes to");
  await select.selectOption("Server, when I say");
  await studio.record();
  await studio.recordUntil(2);
  await studio.stop("Meyer");
  await studio.waitForSafety(/on the server once it is uploaded/);
  const { total } = await (await server.fetch("uploads")).json();
  assert.equal(total, 0);
  assert.deepEqual(await server.files(), []);

  await studio.button("Upload").click();
  await studio.waitForSafety(/on the server, verified/);
  const { entry } = await assertKept(server, studio, "Meyer");
  await studio.button("Receipt").click();
  const receipt = studio.page.getByRole("dialog", { name: "Receipt" });
  await receipt.getByText("The same here and on the server").waitFor();
  await receipt.getByText(entry.sha256, { exact: true }).waitFor();
  await receipt.getByText(/^0:0\d of 0:0\d$/).waitFor();
});
