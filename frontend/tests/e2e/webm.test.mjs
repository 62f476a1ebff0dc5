import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { uploadTake } from "./support/api.js";
import { decode, probe } from "./support/audio.js";
import { startChromium } from "./support/chromium.js";
import { encodeTake } from "./support/encode.js";
import { startFirefox } from "./support/firefox.js";
import { listenTo } from "./support/listen.js";
import { startServer } from "./support/server.js";
import { findGaps } from "./support/stairs.js";
import { story } from "./support/story.js";
import { STAIRS, stairTone } from "./support/wav.js";

const SECONDS = 61.234;

/**
 * Asserts that a browser plays the whole staircase, and plays at each position
 * what was recorded there, give or take 0.3 s of a player's latency.
 *
 * @param {import("./support/listen.js").Heard} heard
 */
function assertPlays(heard) {
  assert.ok(Math.abs(heard.duration - SECONDS) < 0.002, `${heard.duration} s`);
  assert.ok(Math.abs(heard.decodedSeconds - SECONDS) < 0.002);
  assert.ok(Math.abs(heard.endedAt - SECONDS) < 0.1, `${heard.endedAt} s`);
  for (const { asked, at, hz } of heard.seeks) {
    const heardStair = Math.round((hz - stairTone(0)) / 50);
    const dueStair = Math.floor(at * 10) % STAIRS;
    const behind = (dueStair - heardStair + STAIRS) % STAIRS;
    const isNear = behind <= 3 || behind >= STAIRS - 3;
    assert.ok(isNear, `at ${asked} s: stair ${heardStair}, not ${dueStair}`);
  }
}

/**
 * Asserts that ffmpeg reads the take as whole, and as long as it was.
 *
 * @param {string} file
 */
async function assertWhole(file) {
  const { format, codec, duration } = await probe(file);
  assert.deepEqual([format, codec], ["matroska,webm", "opus"]);
  assert.ok(Math.abs(duration - SECONDS) < 0.002, `${duration} s`);
  assert.deepEqual(findGaps(await decode(file)), []);
}

/** What is recorded, and where to listen: around the cut, far on, back. */
const TAKES = [
  { name: "in one go", wish: { seconds: SECONDS }, positions: [55.05, 3.05] },
  {
    name: "cut and continued",
    wish: { seconds: SECONDS, cutAt: 20.5 },
    positions: [19.85, 40.05],
  },
];

story(
  "a live WebM, cut and continued or not, seeks in both browsers",
  async (stage) => {
    const server = await startServer(stage);
    const [chromium, firefox] = await Promise.all([
      startChromium(stage, {
        flags: ["--autoplay-policy=no-user-gesture-required"],
      }),
      startFirefox(stage),
    ]);
    const page = await chromium.open(server.url);
    const firefoxPage = await firefox.open(server.url);
    const folder = await stage.folder();
    for (const { name, wish, positions } of TAKES) {
      const take = await page.evaluate(encodeTake, wish);
      const { id, bytes } = await uploadTake(server, take, `${name}.webm`);
      const file = path.join(folder, name);
      await writeFile(file, bytes);
      await assertWhole(file);
      const task = { url: `recording/${id}/audio`, positions };
      assertPlays(await page.evaluate(listenTo, task));
      assertPlays(await firefoxPage.evaluate(listenTo, task));
    }
  },
);
