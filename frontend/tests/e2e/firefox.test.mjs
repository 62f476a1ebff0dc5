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

story("Firefox records a take that stands on the server", async (stage) => {
  const server = await startServer(stage);
  const firefox = await startFirefox(stage);
  const page = await firefox.open(server.url);
  await press(page, "Switch on microphone");
  await press(page, "Record");
  await waitFor(
    "six seconds",
    async () => secondsIn(await textOf(page, ".timer")) >= 6,
  );
  await press(page, "Stop");
  await waitFor("the take to be verified", async () =>
    /on the server, verified/.test(await textOf(page, ".safety")),
  );
  const seconds = secondsIn(await textOf(page, ".timer"));

  const [entry] = await server.metadata();
  const file = path.join(server.store, entry.filename);
  assert.equal(await sha256(file), entry.sha256);
  const { codec, duration } = await probe(file);
  assert.equal(codec, "opus");
  assert.ok(Math.abs(duration - seconds) <= 0.3, `${duration}, not ${seconds}`);
  const pcm = await decode(file);
  assert.ok(quietest(pcm.subarray(800), 800) > 0.001, "a silence in a tone");
});
