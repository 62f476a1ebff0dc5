import assert from "node:assert/strict";
import path from "node:path";
import {
  assertAudio,
  assertKept,
  assertUnbroken,
} from "./support/assertions.js";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { writeStaircase } from "./support/wav.js";

/** Runs in the page: notes the wake locks that it is given. */
function noteWakeLocks() {
  const { wakeLock } = navigator;
  const request = wakeLock.request.bind(wakeLock);
  /** @type {WakeLockSentinel[]} */
  const given = [];
  Object.assign(globalThis, { given });
  wakeLock.request = async (type) => {
    const lock = await request(type);
    given.push(lock);
    return lock;
  };
}

/** Runs in the page: @returns {boolean[]} whether each is released by now */
function wakeLocks() {
  const { given } = /** @type {any} */ (globalThis);
  return given.map((/** @type {WakeLockSentinel} */ lock) => lock.released);
}

/** @param {Studio} studio @param {boolean[]} expected */
async function waitForLocks({ page }, expected) {
  let last = "";
  await waitFor(`wake locks ${expected}`, async () => {
    last = String(await page.evaluate(wakeLocks));
    return last === String(expected);
  }).catch((error) => {
    throw new Error(`${error.message}; there are: ${last}`);
  });
}

/** @param {import("./support/server.js").Server} server */
async function bytesOnServer(server) {
  const { uploads = [] } = await (await server.fetch("uploads")).json();
  return uploads[0]?.received_bytes ?? 0;
}

story(
  "a take in a hidden tab has no gap, goes to the server, and lets the screen sleep",
  async (stage) => {
    const server = await startServer(stage);
    const stairs = path.join(await stage.folder(), "stairs.wav");
    const microphone = await writeStaircase(stairs);
    const chromium = await startChromium(stage, { microphone });
    const studio = await Studio.open(chromium, server.url);
    const { page } = studio;
    await page.evaluate(noteWakeLocks);
    await studio.arm();
    assert.deepEqual(await page.evaluate(wakeLocks), []);
    await studio.button("Record").click();
    await waitForLocks(studio, [false]);
    await studio.recordUntil(1);

    await chromium.hide(page);
    assert.equal(await page.evaluate("document.visibilityState"), "hidden");
    await waitForLocks(studio, [true]);
    const before = await bytesOnServer(server);
    await waitFor(
      "the server to have more of it",
      async () => (await bytesOnServer(server)) > before + 10_000,
    );
    assert.equal(await page.evaluate("document.visibilityState"), "hidden");

    await page.bringToFront();
    await page.waitForFunction(() => !document.hidden);
    await waitForLocks(studio, [true, false]);
    await studio.recordUntil((await studio.seconds()) + 0.5);
    await studio.stop("Hidden");
    const seconds = await studio.seconds();
    await waitForLocks(studio, [true, true]);

    await studio.waitForSafety(/on the server, verified/);
    const { file, entry } = await assertKept(server, studio, "Hidden");
    await assertAudio(file, seconds);
    await assertUnbroken(studio, entry.id, file);
    const [row] = await studio.rows();
    assert.equal(row.gaps, 0);
  },
);
