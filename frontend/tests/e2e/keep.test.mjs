import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { whenKept } from "./support/kept.js";
import { waitFor } from "./support/processes.js";
import { putRecording } from "./support/recording.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

const NAME = "Lecture";
const SECONDS = 20;

/** @param {Studio} studio @param {string} badge */
async function waitForBadge(studio, badge) {
  const shown = studio.row(NAME).getByText(badge, { exact: true });
  await shown.waitFor();
}

/**
 * Plays the last third: from there it is heard for a while.
 *
 * @param {Studio} studio
 */
async function hearTheRest(studio) {
  const from = (SECONDS * 2) / 3;
  await studio.button(`Play ${NAME}`).click();
  const position = studio.page.getByRole("slider", { name: "Position" });
  await waitFor("its length", async () => {
    const max = Number(await position.getAttribute("max"));
    return max > from;
  });
  await position.fill(String(from));
  await waitFor("the rest to be heard", async () => {
    return Number(await position.inputValue()) > from + 1;
  });
}

story(
  "a recording of the server is kept and heard without it",
  async (stage) => {
    const server = await startServer(stage);
    const chromium = await startChromium(stage);
    const maker = await Studio.open(chromium, `${server.url}#library`);
    const bytes = 44 + SECONDS * 96_000;
    await maker.page.evaluate(putRecording, {
      id: "lecture",
      name: NAME,
      bytes,
    });
    await waitForBadge(maker, "On server");

    const other = await startChromium(stage);
    const studio = await Studio.open(other, `${server.url}#library`);
    await waitForBadge(studio, "On the server only");
    await studio.act(NAME, "Keep on this device");
    await waitForBadge(studio, "On server");
    const [entry] = await server.metadata();
    assert.equal(await studio.deviceDigest("lecture"), entry.sha256);
    await whenKept(studio);
    await studio.page.reload();
    await waitForBadge(studio, "On server");

    await server.stop();
    await studio.page.reload();
    await hearTheRest(studio);

    await server.start();
    await studio.page.reload();
    await studio.page.getByText("Online", { exact: true }).waitFor();
    await studio.act(NAME, "Remove from this device");
    await waitForBadge(studio, "On the server only");
    await waitFor("it to be gone from here", async () => {
      return (await studio.rows()).length === 0;
    });
  },
);

story("two pages that keep a recording at once have it once", async (stage) => {
  const server = await startServer(stage);
  const made = await startChromium(stage);
  const maker = await Studio.open(made, `${server.url}#library`);
  const what = { id: "lecture", name: NAME, bytes: 8_000_044 };
  await maker.page.evaluate(putRecording, what);
  await waitForBadge(maker, "On server");

  const chromium = await startChromium(stage);
  /** @type {string[]} */
  const fetched = [];
  /** @type {(value: unknown) => void} */
  let letGo = () => undefined;
  const pressed = new Promise((resolve) => (letGo = resolve));
  await chromium.context.route("**/lecture/audio", async (route) => {
    fetched.push(route.request().url());
    await pressed;
    await route.continue();
  });
  const pages = [
    await Studio.open(chromium, `${server.url}#library`),
    await Studio.open(chromium, `${server.url}#library`),
  ];
  for (const studio of pages) {
    await studio.page.bringToFront();
    await waitForBadge(studio, "On the server only");
    await studio.act(NAME, "Keep on this device");
    await waitForBadge(studio, "Coming to this device, 0%");
  }
  letGo(undefined);
  for (const studio of pages) {
    await studio.page.bringToFront();
    await waitForBadge(studio, "On server");
  }
  assert.equal(fetched.length, 1);
  const [entry] = await server.metadata();
  assert.equal(await pages[0].deviceDigest("lecture"), entry.sha256);
});
