import assert from "node:assert/strict";
import { decode } from "./support/audio.js";
import { assertAudio, assertKept } from "./support/assertions.js";
import { startFirefox } from "./support/firefox.js";
import { FirefoxStudio } from "./support/firefox-studio.js";
import { waitFor } from "./support/processes.js";
import { startProxy, untilAllHappened } from "./support/proxy.js";
import { plugMicrophone } from "./support/pulse.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";

const NAME = "From Firefox";

/** @typedef {import("./support/proxy.js").Fate} Fate */

/** @type {Record<string, Fate[]>} */
const DURING = { "/upload/chunk": ["pass", 503, "lost", "reset", 429] };

/** @type {Record<string, Fate[]>} */
const AFTER = { "/recording/complete": ["lost", "pass"] };

story(
  "a take in Firefox is whole though its line and its server failed",
  async (stage) => {
    const server = await startServer(stage);
    const proxy = await startProxy(stage, server, { ...DURING, ...AFTER });
    const firefox = await startFirefox(stage);
    const studio = await FirefoxStudio.open(firefox, proxy.url);
    await studio.record();
    await studio.waitForSafety(/on the server to 0:0[1-9]/);
    await server.killWorkers();
    await studio.recordFor(1);
    proxy.cut();
    await studio.recordFor(1);
    proxy.mend();
    await server.kill();
    await studio.waitForSafety(/waiting for the server/);
    await server.start();
    await untilAllHappened(proxy, DURING);
    await studio.stop(NAME);
    const seconds = await studio.seconds();

    await studio.waitForSafety(/on the server, verified/);
    await untilAllHappened(proxy, AFTER);
    const { file } = await assertKept(server, studio, NAME);
    await assertAudio(file, seconds);
  },
  { timeout: 600_000 },
);

/** Firefox asks PulseAudio for a microphone, and gets it without a question. */
const REAL_MICROPHONE = { "media.navigator.streams.fake": false };

story(
  "a take in Firefox outlives its microphone, and goes on with it",
  async (stage) => {
    const server = await startServer(stage);
    const firefox = await startFirefox(stage, { preferences: REAL_MICROPHONE });
    const unplug = await plugMicrophone(firefox.env);
    const studio = await FirefoxStudio.open(firefox, server.url);
    await studio.page.select("#preset", "unprocessed"); // a tone is no noise
    await studio.record();
    await studio.recordUntil(2);
    await unplug();
    await studio.waitForWords("The microphone is gone.");
    await studio.recordFor(1);
    await plugMicrophone(firefox.env);
    await studio.waitForWords("The microphone is back. The take goes on.");
    await studio.recordFor(2);
    await studio.stop(NAME);
    const seconds = await studio.seconds();

    await studio.waitForSafety(/on the server, verified/);
    const { file, entry } = await assertKept(server, studio, NAME);
    await assertAudio(file, seconds);
    const { markers, segments } = await toldOf(server, entry.id);
    // On its way out it may be silent; a loaded machine loses input besides.
    const ended = markers.findIndex(({ code }) => code === "MICROPHONE_ENDED");
    const back = markers.findLast(({ code }) => code === "MICROPHONE_BACK");
    assert.ok(ended >= 0, "that the microphone went is not marked");
    assert.ok(back, "that there is one again is not marked");
    assert.ok(back.frame > markers[ended].frame);
    const from = back.frame / segments[0].rate;
    const heard = await decode(file, { from });
    assert.ok(loudest(heard) > 0.05, `no tone from ${from} s on`);
  },
);

/** @param {Float32Array} pcm */
function loudest(pcm) {
  return pcm.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
}

/**
 * @param {import("./support/server.js").Server} server
 * @param {string} id
 * @returns {Promise<{markers: {code: string, frame: number}[], segments: {rate: number}[]}>} what
 *   the server was told of a take
 */
async function toldOf(server, id) {
  const { metadata } = await waitFor("the server's copy", async () => {
    const got = await server.fetch(`recording/${id}`);
    return got.ok && got.json();
  });
  return metadata.waveforge;
}

story("Firefox says what to do without a microphone", async (stage) => {
  const server = await startServer(stage);
  const firefox = await startFirefox(stage, {
    hasCard: false,
    preferences: REAL_MICROPHONE,
  });
  const studio = await FirefoxStudio.open(firefox, server.url);
  await studio.press("Switch on microphone");
  await studio.waitForWords(
    "No microphone found. Connect one, then try again.",
  );
});

story("Firefox says what to do if it may not listen", async (stage) => {
  const server = await startServer(stage);
  const firefox = await startFirefox(stage, {
    preferences: {
      "media.navigator.permission.disabled": false,
      "permissions.default.microphone": 2,
    },
  });
  const studio = await FirefoxStudio.open(firefox, server.url);
  await studio.press("Switch on microphone");
  await studio.waitForWords(
    "The browser refuses the microphone. Allow it in the address bar,",
  );
});
