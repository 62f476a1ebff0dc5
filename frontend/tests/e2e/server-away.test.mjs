import { assertAudio, assertKept } from "./support/assertions.js";
import { startChromium } from "./support/chromium.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

const NAME = "Through thick and thin";

/**
 * A take made in a page that was opened without its server, after one visit.
 *
 * @param {import("./support/story.js").Stage} stage
 */
async function recordAlone(stage) {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const visit = await Studio.open(chromium, server.url);
  await visit.waitForOfflineCopy();
  await visit.page.close();
  await server.stop();

  const studio = await Studio.open(chromium, server.url);
  await studio.record();
  await studio.recordUntil(2);
  await studio.stop(NAME);
  await studio.waitForSafety(/waiting for the server/);
  return { chromium, server, studio };
}

story(
  "a take is whole on the server though its workers died and it was away",
  async (stage) => {
    const server = await startServer(stage);
    const chromium = await startChromium(stage);
    const studio = await Studio.open(chromium, server.url);
    await studio.record();
    await studio.waitForSafety(/on the server to 0:0[1-9]/);
    await server.killWorkers();
    await studio.recordUntil((await studio.seconds()) + 2);
    await server.stop();
    await studio.waitForSafety(/waiting for the server/);
    await studio.page.getByText("No server", { exact: true }).waitFor();
    await studio.recordUntil((await studio.seconds()) + 2);
    await server.start();
    await studio.recordUntil((await studio.seconds()) + 1);
    await studio.stop(NAME);
    const seconds = await studio.seconds();

    await studio.waitForSafety(/on the server, verified/);
    const { file } = await assertKept(server, studio, NAME);
    await assertAudio(file, seconds);
  },
);

story("the studio starts without the server, and records", async (stage) => {
  const { server, studio } = await recordAlone(stage);
  await server.start();
  await studio.waitForSafety(/on the server, verified/);
  await studio.goTo("Library");
  await studio.row(NAME).getByText("On server").waitFor();
  await assertKept(server, studio, NAME);
});

story(
  "the next page sends a take whose page was closed without the server",
  async (stage) => {
    const { chromium, server, studio } = await recordAlone(stage);
    await studio.goTo("Library");
    await studio.row(NAME).waitFor();
    await studio.page.close();

    await server.start();
    const again = await Studio.open(chromium, server.url);
    await again.goTo("Library");
    await again.row(NAME).getByText("On server").waitFor();
    await assertKept(server, again, NAME);
  },
);
