import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

/** @typedef {import("playwright-core").Response} Response */

const TEXT = /javascript|css|html|json|svg/;

/** What nginx leaves as it is: less than this gains nothing. */
const LEAST_COMPRESSED = 1024;

/** @param {Response} response */
async function lookAt(response) {
  const { responseBodySize: bytes } = await response.request().sizes();
  const headers = await response.allHeaders();
  const url = new URL(response.url());
  const isText = TEXT.test(headers["content-type"] ?? "");
  const isPlain = isText && headers["content-encoding"] !== "gzip";
  return { url, bytes, isPlain };
}

story("the first view is compressed, and needs nobody else", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage, { keepsApp: true });
  const { context } = chromium;
  /** @type {Response[]} */
  const responses = [];
  context.on("response", (response) => {
    // What the service worker keeps for later comes after it.
    if (response.request().serviceWorker() === null) {
      responses.push(response);
    }
  });
  const studio = await Studio.open(chromium, server.url);
  await studio.button("Switch on microphone").waitFor();
  const seen = responses.slice();

  const all = await Promise.all(seen.map(lookAt));
  const { origin } = new URL(server.url);
  const names = all.map(({ url }) => url.pathname);
  assert.deepEqual(
    all.filter(({ url }) => url.origin !== origin),
    [],
  );
  assert.deepEqual(
    names.filter((name) => /mediabunny/.test(name)),
    [],
  );
  assert.deepEqual(
    all.filter(({ isPlain, bytes }) => isPlain && bytes >= LEAST_COMPRESSED),
    [],
  );
});
