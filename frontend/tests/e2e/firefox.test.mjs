import assert from "node:assert/strict";
import path from "node:path";
import { decode, probe, sha256 } from "./support/audio.js";
import { startFirefox } from "./support/firefox.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { secondsIn } from "./support/studio.js";

/** @typedef {import("puppeteer-core").Page} Page */

/**
 * Clicks the one visible button that says this.
 *
 * @param {Page} page
 * @param {string} words
 */
async function press(page, words) {
  const handle = await waitFor(`a button "${words}"`, async () => {
    const found = await page.evaluateHandle(
      (name) =>
        Array.from(document.querySelectorAll("button")).find(
          (button) =>
            button.checkVisibility() && button.innerText.startsWith(name),
        ) ?? null,
      words,
    );
    return found.asElement();
  });
  await /** @type {any} */ (handle).click();
}

/** @param {Page} page @param {string} selector @returns {Promise<string>} */
function textOf(page, selector) {
  return page.$eval(selector, (element) => element.textContent ?? "");
}

/**
 * @param {Float32Array} pcm
 * @param {number} frames
 * @returns {number} the quietest stretch of that length (RMS)
 */
function quietest(pcm, frames) {
  let least = Infinity;
  for (let at = 0; at + frames <= pcm.length; at += frames) {
    const sum = pcm.subarray(at, at + frames).reduce((s, x) => s + x * x, 0);
    least = Math.min(least, Math.sqrt(sum / frames));
  }
  return least;
}

/**
 * Switches the microphone on and records.
 *
 * @param {Page} page
 * @param {number} seconds
 */
async function record(page, seconds) {
  await press(page, "Switch on microphone");
  await press(page, "Record");
  await waitFor(
    `${seconds} s to be recorded`,
    async () => (await timer(page)) >= seconds,
  );
}

/** @param {Page} page @returns {Promise<number>} seconds */
async function timer(page) {
  return secondsIn(await textOf(page, ".timer"));
}

/**
 * Asserts that the server has one take, whole and at least that long.
 *
 * @param {import("./support/server.js").Server} server
 * @param {number} least seconds
 * @returns {Promise<number>} how long it is
 */
async function assertOnServer(server, least) {
  const [entry] = await waitFor("a recording on the server", async () => {
    const entries = await server.metadata();
    return entries.length === 1 && entries;
  });
  const file = path.join(server.store, entry.filename);
  assert.equal(await sha256(file), entry.sha256);
  const { codec, duration } = await probe(file);
  assert.equal(codec, "opus");
  assert.ok(duration >= least, `${duration} s, not ${least} s`);
  const pcm = await decode(file);
  assert.ok(quietest(pcm.subarray(800), 800) > 0.001, "a silence in a tone");
  return duration;
}

story("Firefox records a take that stands on the server", async (stage) => {
  const server = await startServer(stage);
  const firefox = await startFirefox(stage);
  const page = await firefox.open(server.url);
  await record(page, 6);
  await press(page, "Stop");
  await waitFor("the take to be verified", async () =>
    /on the server, verified/.test(await textOf(page, ".safety")),
  );
  const seconds = await timer(page);
  const duration = await assertOnServer(server, seconds - 0.3);
  assert.ok(duration <= seconds + 0.3, `${duration} s, not ${seconds} s`);
});

story("a take in Firefox survives a SIGKILL", async (stage) => {
  const server = await startServer(stage);
  const first = await startFirefox(stage);
  const before = await first.open(server.url);
  await record(before, 5.8);
  const reported = await timer(before);
  await first.crash();

  const second = await startFirefox(stage, { profile: first.profile });
  const page = await second.open(new URL("#library", server.url).href);
  await press(page, "Keep");
  await assertOnServer(server, reported - 0.5);
});
