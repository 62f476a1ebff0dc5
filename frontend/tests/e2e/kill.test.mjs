import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { isAlive, waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";

/**
 * Runs in a worker of the page: appends numbered frames to a file in OPFS and,
 * after each flush, says how many are there.
 */
async function writeFrames() {
  const root = await navigator.storage.getDirectory();
  const file = await root.getFileHandle("frames", { create: true });
  const handle = await /** @type {any} */ (file).createSyncAccessHandle();
  const block = new Uint32Array(480);
  for (let frames = 0; ; frames += block.length) {
    block.forEach((_, i) => (block[i] = frames + i));
    handle.write(block, { at: frames * 4 });
    handle.flush();
    postMessage(frames + block.length);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/**
 * Runs in the page: starts that worker and reports its numbers.
 *
 * @param {string} script
 */
function startWriter(script) {
  const url = URL.createObjectURL(new Blob([`(${script})()`]));
  new Worker(url).onmessage = ({ data }) => console.log(`frames ${data}`);
}

/** Runs in the page: @returns {Promise<number[]>} what is in the file */
async function readFrames() {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle("frames");
  const buffer = await (await handle.getFile()).arrayBuffer();
  return Array.from(new Uint32Array(buffer, 0, buffer.byteLength >> 2));
}

/** @param {string[]} lines @returns {number} frames reported as flushed */
function lastReported(lines) {
  const line = lines.findLast((text) => text.includes("frames"));
  return Number(/frames (\d+)/.exec(line ?? "")?.[1] ?? 0);
}

story(
  "what a page flushed to OPFS is there after a SIGKILL of the browser",
  async (stage) => {
    const server = await startServer(stage);
    const first = await startChromium(stage);
    const page = await first.open(server.url);
    await page.evaluate(startWriter, writeFrames.toString());
    await waitFor("100 flushes", () => lastReported(first.console()) > 48_000);
    await first.crash();
    const reported = lastReported(first.console());

    const second = await startChromium(stage, { profile: first.profile });
    const again = await second.open(server.url);
    const frames = await again.evaluate(readFrames);
    assert.ok(frames.length >= reported, `${frames.length} of ${reported}`);
    assert.ok(frames.every((value, i) => value === i));
  },
);

story("a killed browser leaves no process behind", async (stage) => {
  const chromium = await startChromium(stage);
  const { pid } = chromium;
  assert.ok(isAlive(-pid));
  await chromium.crash();
  assert.ok(!isAlive(-pid));
});

story("a background tab is really hidden", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const page = await chromium.open(server.url);
  assert.equal(await page.evaluate("document.visibilityState"), "visible");
  await chromium.hide(page);
  assert.equal(await page.evaluate("document.visibilityState"), "hidden");
});
