import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

/**
 * @param {import("playwright-core").Route} route
 * @returns {Promise<void>} answered as by a server that takes 40 MB
 */
async function answerLess(route) {
  const response = await route.fetch();
  const config = await response.json();
  assert.ok(config.max_recording_size > 40e6);
  const json = { ...config, max_recording_size: 40e6 };
  await route.fulfill({ response, json });
}

story("how much the server takes is told before Record", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  await chromium.context.route("**/api/config", answerLess);
  const studio = await Studio.open(chromium, server.url);
  await studio.arm();
  const limit = "The server takes recordings of up to 33 minutes";
  await studio.page.getByText(limit).waitFor();
});
