import assert from "node:assert/strict";
import path from "node:path";
import { decode, probe, sha256 } from "./support/audio.js";
import { startFirefox } from "./support/firefox.js";
import { FirefoxStudio } from "./support/firefox-studio.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";

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
 * Asserts that the server has one take, at least that long.
 *
 * @param {import("./support/server.js").Server} server
 * @param {number} least seconds
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
  return { file, duration };
}

/** @param {string} file with nothing but a tone */
async function assertTone(file) {
  const pcm = await decode(file);
  assert.ok(quietest(pcm.subarray(800), 800) > 0.001, "a silence in a tone");
}

story("Firefox records a take that stands on the server", async (stage) => {
  const server = await startServer(stage);
  const firefox = await startFirefox(stage);
  const studio = await FirefoxStudio.open(firefox, server.url);
  await studio.record();
  await studio.recordUntil(3);
  await studio.press("Stop");
  await studio.waitForSafety(/on the server, verified/);
  const seconds = await studio.seconds();
  const { file, duration } = await assertOnServer(server, seconds - 0.3);
  await assertTone(file);
  assert.ok(duration <= seconds + 0.3, `${duration} s, not ${seconds} s`);
});

story("a take in Firefox survives a SIGKILL", async (stage) => {
  const server = await startServer(stage);
  const first = await startFirefox(stage);
  const before = await FirefoxStudio.open(first, server.url);
  await before.record();
  await before.recordUntil(2.8);
  const reported = await before.seconds();
  await first.crash();

  const second = await startFirefox(stage, { profile: first.profile });
  const url = new URL("#library", server.url).href;
  const studio = await FirefoxStudio.open(second, url);
  await studio.press("Keep");
  const { file } = await assertOnServer(server, reported - 0.5);
  await assertTone(file);
});

story("a private window of Firefox records as well", async (stage) => {
  const server = await startServer(stage);
  const firefox = await startFirefox(stage, {
    preferences: { "browser.privatebrowsing.autostart": true },
  });
  const studio = await FirefoxStudio.open(firefox, server.url);
  const hasFolder = await studio.page.evaluate(() =>
    navigator.storage.getDirectory().then(
      () => true,
      () => false,
    ),
  );
  assert.equal(hasFolder, false, "this is no private window");
  await studio.record();
  await studio.recordUntil(2);
  await studio.press("Stop");
  await studio.waitForSafety(/on the server, verified/);
  await assertOnServer(server, (await studio.seconds()) - 0.3);
});
