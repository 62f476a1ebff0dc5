import assert from "node:assert/strict";
import path from "node:path";
import { probe, sha256 } from "./support/audio.js";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

const LATER_MS = 61_000;

/**
 * A page to whose studio the server's clock is a minute ahead: what was sent
 * last has been sent long ago.
 *
 * @param {import("./support/chromium.js").Chromium} chromium
 * @param {string} url
 */
async function openLater(chromium, url) {
  await chromium.context.route("**/uploads?*", async (route) => {
    const response = await route.fetch();
    const date = new Date(Date.now() + LATER_MS).toUTCString();
    await route.fulfill({ response, headers: { ...response.headers(), date } });
  });
  return Studio.open(chromium, url);
}

/**
 * @param {import("./support/server.js").Server} server
 * @param {number} count
 */
function whenStored(server, count) {
  return waitFor(`${count} recordings`, async () => {
    const entries = await server.metadata();
    return entries.length === count && entries;
  });
}

story(
  "a take of a lost device is rescued from another browser",
  async (stage) => {
    const server = await startServer(stage);
    const lost = await startChromium(stage);
    const before = await Studio.open(lost, server.url);
    await before.record();
    await before.waitForSafety(/on the server to 0:0[3-9]/);
    await lost.crash();

    const another = await startChromium(stage);
    const studio = await openLater(another, `${server.url}#library`);
    const row = studio.page.getByRole("listitem");
    await row.getByText("Interrupted, on the server only").waitFor();
    const name = await row.getByRole("heading").innerText();
    await studio.button(`Play ${name}`).click();
    await studio.page.locator('.row[data-playing="true"]').waitFor();
    await waitFor("it to be heard", () =>
      studio.page
        .locator(".dock-time")
        .textContent()
        .then((text) => text !== "0:00"),
    );
    await studio.act(name, "Rescue");
    await row.getByText("On the server only", { exact: true }).waitFor();
    const [rescued] = await whenStored(server, 1);
    assert.equal(rescued.name, name);
    assert.ok(rescued.duration >= 3, `${rescued.duration} s`);
    const { duration } = await probe(path.join(server.store, rescued.filename));
    assert.ok(Math.abs(duration - rescued.duration) < 0.1);

    const found = await startChromium(stage, { profile: lost.profile });
    const after = await Studio.open(found, `${server.url}#library`);
    await after.act(name, "Keep");
    const entries = await whenStored(server, 2);
    const whole = entries.find(({ id }) => id !== rescued.id);
    assert.ok(whole);
    assert.equal(await after.deviceDigest(rescued.id), whole.sha256);
    const file = path.join(server.store, whole.filename);
    assert.equal(await sha256(file), whole.sha256);
  },
);
