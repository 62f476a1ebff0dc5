/**
 * The browser is killed at random moments of takes. WAVEFORGE_KILLS says how
 * often, WAVEFORGE_SEED which moments; the long form kills thirty times.
 */
import assert from "node:assert/strict";
import path from "node:path";
import process from "node:process";
import { probe, sha256 } from "./support/audio.js";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { readRamp } from "./support/ramp.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio, secondsIn } from "./support/studio.js";
import { RAMP_VALUES, writeRamp } from "./support/wav.js";

/** @typedef {import("./support/chromium.js").Chromium} Chromium */
/** @typedef {import("./support/server.js").Server} Server */

const USUAL = process.env.WAVEFORGE_LONG ? 30 : 5;
const KILLS = Number(process.env.WAVEFORGE_KILLS ?? USUAL);
const SEED = Number(process.env.WAVEFORGE_SEED ?? Date.now() % 1_000_000);

/** What a kill may cost at most. */
const LOSS_SECONDS = 0.5;

/** When the takes are killed: from the first second of them on. */
const MOMENTS = { from: 1, to: 4 };

/**
 * @param {number} seed
 * @returns {() => number} the next of numbers from 0 to 1 (mulberry32)
 */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Runs in the page: logs what the timer says, at once, whenever it changes. */
function tellTimer() {
  const timer = /** @type {Element} */ (document.querySelector(".timer"));
  const tell = () => console.log(`timer ${timer.textContent}`);
  const options = { subtree: true, characterData: true, childList: true };
  new MutationObserver(tell).observe(timer, options);
}

/** @param {Chromium} chromium @returns {number} seconds it told last */
function lastTold(chromium) {
  const line = chromium.console().findLast((text) => /: timer /.test(text));
  return secondsIn(line ?? "");
}

/**
 * Records, and kills the browser.
 *
 * @param {Chromium} chromium
 * @param {Studio} studio
 * @param {number} moment seconds of the take
 * @returns {Promise<number>} seconds it had told of
 */
async function recordUntilKilled(chromium, studio, moment) {
  const { page } = studio;
  const sound = page.getByRole("combobox", { name: "Sound" });
  await sound.selectOption("Unprocessed");
  await page.evaluate(tellTimer);
  await studio.record();
  await waitFor(
    `the take to be ${moment} s long`,
    () => lastTold(chromium) >= moment,
    { everyMs: 1 },
  );
  await chromium.crash();
  return lastTold(chromium);
}

/**
 * Keeps the one take that was interrupted, and hears it.
 *
 * @param {Studio} studio
 * @returns {Promise<import("./support/studio.js").RecordingRow>}
 */
async function keepInterrupted(studio) {
  await studio.goTo("Library");
  const item = studio.page.getByRole("listitem");
  await item.filter({ hasText: "Interrupted" }).waitFor();
  const { id } = await studio.waitForRow(
    "the take to be told of",
    ({ state }) => state === "interrupted",
  );
  await studio.button("Keep").first().click();
  const row = await studio.waitForRow(
    "it to be kept and on the server",
    (one) => one.id === id && one.state === "finished" && one.uploaded,
  );
  await studio.page.locator(".row-play").first().click();
  await waitFor("it to be heard", async () => {
    const position = studio.page.locator(".dock-slider");
    return Number(await position.inputValue()) > 0;
  });
  return row;
}

/**
 * Asserts that a take is whole here and on the server.
 *
 * @param {Server} server
 * @param {Studio} studio
 * @param {import("./support/studio.js").RecordingRow} row
 * @param {number} least seconds
 * @returns {Promise<[number, number][]>} steps of the ramp that are missing
 */
async function assertWhole(server, studio, row, least) {
  const heard = await studio.page.evaluate(readRamp, {
    id: row.id,
    values: RAMP_VALUES,
  });
  const seconds = heard.frames / heard.rate;
  assert.ok(seconds >= least, `${seconds} s, not ${least} s`);
  assert.equal(row.gaps, 0);
  const entry = (await server.metadata()).find(({ id }) => id === row.id);
  const file = path.join(server.store, entry?.filename ?? "");
  const digest = await sha256(file);
  assert.deepEqual(
    [digest, digest, digest],
    [await studio.deviceDigest(row.id), row.sha256, entry?.sha256],
  );
  const { duration } = await probe(file);
  assert.ok(Math.abs(duration - seconds) < 0.001, `${duration} of ${seconds}`);
  return heard.steps;
}

/**
 * One kill, and what is found after it.
 *
 * @param {object} scene
 * @param {import("./support/story.js").Stage} scene.stage
 * @param {Server} scene.server
 * @param {string} scene.microphone
 * @param {Chromium} chromium which is killed
 * @param {number} moment
 */
async function killAt({ stage, server, microphone }, chromium, moment) {
  const before = await Studio.open(chromium, server.url);
  const told = await recordUntilKilled(chromium, before, moment);
  const { profile } = chromium;
  const next = await startChromium(stage, { microphone, profile });
  const studio = await Studio.open(next, server.url);
  const row = await keepInterrupted(studio);
  const least = told - LOSS_SECONDS;
  const steps = await assertWhole(server, studio, row, least);
  await studio.page.close();
  return { next, steps };
}

story(
  `a SIGKILL at any moment costs a take half a second at most (seed ${SEED})`,
  async (stage) => {
    const server = await startServer(stage);
    const file = path.join(await stage.folder(), "ramp.wav");
    const microphone = await writeRamp(file);
    const random = randomFrom(SEED);
    let chromium = await startChromium(stage, { microphone });
    for (let kill = 1; kill <= KILLS; kill++) {
      const moment = MOMENTS.from + random() * (MOMENTS.to - MOMENTS.from);
      // An overloaded machine makes the browser itself lose input now and then;
      // what is lost by the kill would be lost at the same moment again.
      /** @type {[number, number][] | null} */
      let steps = null;
      for (let attempt = 1; attempt <= 3 && steps?.length !== 0; attempt++) {
        const scene = { stage, server, microphone };
        const after = await killAt(scene, chromium, moment);
        ({ next: chromium, steps } = after);
      }
      assert.deepEqual(steps, [], `kill ${kill}, ${moment} s into the take`);
    }
  },
  { timeout: 300_000 + KILLS * 60_000 },
);
