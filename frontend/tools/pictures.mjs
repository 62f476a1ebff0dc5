#!/usr/bin/env node
/**
 * Takes the pictures of docs/pictures/ from the app itself: a server and a
 * browser of their own, a voice at the microphone, recordings on the server.
 *
 *     node tools/pictures.mjs
 *
 * The voice is made by ffmpeg: noise and tones that come and go like syllables,
 * for the recordings in pieces of which some are louder than others.
 */
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { toBase64 } from "../assets/js/core/base64.js";
import { createPeaks } from "../assets/js/core/peaks.js";
import { decode } from "../tests/e2e/support/audio.js";
import { startChromium } from "../tests/e2e/support/chromium.js";
import { openAs } from "../tests/e2e/support/look.js";
import { startServer } from "../tests/e2e/support/server.js";
import { LOOK_RATE } from "../tests/e2e/support/stairs.js";
import { Stage } from "../tests/e2e/support/story.js";
import { settleAt } from "../tests/e2e/support/studio.js";

/** @typedef {import("playwright-core").Page} Page */

const run = promisify(execFile);
const PICTURES = fileURLToPath(
  new URL("../../docs/pictures/", import.meta.url),
);
const VOICE =
  "0.5*pow(abs(sin(PI*t*1.9+2*sin(t*0.7))),2)*gt(sin(t*0.9)+0.5*sin(t*2.3),-0.6)" +
  "*(0.5+0.5*pow(sin(t*0.31),2))*(0.5*sin(PI*240*t)+0.3*sin(PI*490*t)+0.4*random(0))+0.002*random(1)";
const DAY_MS = 86_400_000;

/** Of what is not removed after each walk. */
const PREFIX = "picture-";

/** Of the pieces that recordings are joined of. */
const LOUDNESS = Object.freeze([0.06, 0.2, 0.35, 0.55, 0.75, 1]);
const PIECE_S = 4;

/** What somebody may have recorded: seconds, and days ago. */
const RECORDINGS = Object.freeze([
  { name: "Interview Meyer", seconds: 751, daysAgo: 0.2 },
  { name: "Lecture 4, room tone at the end", seconds: 5282, daysAgo: 1 },
  { name: "Choir rehearsal", seconds: 2417, daysAgo: 3 },
  { name: "Radio play, scene 2", seconds: 198, daysAgo: 8 },
  { name: "Grandmother tells", seconds: 3122, daysAgo: 40 },
]);

const LOOKS = Object.freeze(
  /** @type {const} */ ([
    { language: "en", theme: "dark", width: 1280 },
    { language: "en", theme: "light", width: 1280 },
    { language: "de", theme: "dark", width: 375 },
    { language: "de", theme: "light", width: 375 },
  ]),
);

/**
 * @param {string[]} output what ffmpeg is to make of the voice
 * @param {number} seconds
 */
async function makeVoice(output, seconds) {
  const source = `aevalsrc=${VOICE.replaceAll(",", "\\,")}:s=44100:d=${seconds}`;
  await run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", source, ...output]);
}

/**
 * @param {string} file
 * @returns {Promise<string>} its outline as a take's metadata has it
 */
async function outlineOf(file) {
  const peaks = createPeaks(LOOK_RATE);
  peaks.push([await decode(file)]);
  return toBase64(peaks.thumbnail());
}

/**
 * @param {string} folder with the pieces
 * @param {number} seconds
 * @returns {Promise<string>} a file of that length
 */
async function join(folder, seconds) {
  const file = path.join(folder, `${seconds}.webm`);
  const list = path.join(folder, `${seconds}.txt`);
  const lines = Array.from({ length: Math.ceil(seconds / PIECE_S) }, (_, i) => {
    const scene = Math.sin(
      seconds + ((7 + (seconds % 9)) * PIECE_S * i) / seconds,
    );
    const part = (0.15 + 0.85 * scene ** 2) * (0.7 + 0.29 * Math.sin(i * i));
    const loud = Math.floor(part * LOUDNESS.length);
    return `file ${loud}.webm\n`;
  });
  await writeFile(list, lines.join(""));
  await run("ffmpeg", [
    ...["-v", "error", "-f", "concat", "-i", list],
    ...["-c", "copy", "-t", String(seconds), file],
  ]);
  return file;
}

/**
 * Puts a recording on the server, as the studio would have.
 *
 * @param {import("../tests/e2e/support/server.js").Server} server
 * @param {string} folder with the pieces
 * @param {typeof RECORDINGS[number]} what
 */
async function upload(server, folder, { name, seconds, daysAgo }) {
  const file = await join(folder, seconds);
  const id = `${PREFIX}${seconds}`;
  const body = await readFile(file);
  await send(
    server,
    `upload/chunk?file_id=${id}&chunk_index=0&total_chunks=1`,
    { "Content-Type": "audio/webm" },
    body,
  );
  const peaks = await outlineOf(file);
  const timestamp = Math.round(Date.now() - daysAgo * DAY_MS);
  await send(
    server,
    "recording/complete",
    { "Content-Type": "application/json" },
    JSON.stringify({
      ...{ file_id: id, file_name: name, timestamp },
      metadata: { waveforge: { v: 1, peaks } },
    }),
  );
}

/**
 * @param {import("../tests/e2e/support/server.js").Server} server
 * @param {string} place
 * @param {Record<string, string>} headers
 * @param {BodyInit} body
 */
async function send(server, place, headers, body) {
  const answer = await server.fetch(place, { method: "POST", headers, body });
  if (!answer.ok) {
    throw new Error(`${place}: ${await answer.text()}`);
  }
}

/**
 * Walks through the studio; each stop is a picture.
 *
 * @param {Page} page
 * @param {(place: string) => Promise<void>} stop
 */
async function walk(page, stop) {
  await page.locator(".arm").waitFor();
  await stop("first-run");
  await page.locator(".arm").click();
  await page.locator(".record-button").click();
  const timer = page.getByRole("timer");
  await timer.filter({ hasText: /0:0[4-9]/ }).waitFor();
  await page.keyboard.press("m");
  await timer.filter({ hasText: /0:(09|1\d)/ }).waitFor();
  await stop("take");
  await page.locator(".stop-button").click();
  await page.locator(".kept").waitFor();
  await stop("kept");
  await page.keyboard.type("A word in between");
  await page.keyboard.press("Enter");
  await page.locator('.views a[href="#library"]').click();
  await page.locator('.badge[data-kind="server"]').first().waitFor();
  const interview = page.getByRole("listitem").filter({ hasText: "Meyer" });
  await interview.locator(".row-play").click();
  await page.locator(".dock").waitFor();
  await page
    .locator(".dock-time")
    .filter({ hasText: /0:0[2-9]/ })
    .waitFor();
  await stop("library");
  await page.locator(".dock-close").click();
  for (const name of ["Lecture", "Choir"]) {
    const row = page.getByRole("listitem").filter({ hasText: name });
    await row.getByRole("checkbox").check();
  }
  await stop("selection");
  await page.keyboard.press("Escape");
  const take = page.getByRole("listitem").filter({ hasText: "in between" });
  await settleAt(take);
  await take.locator(".more").click();
  await take.locator('[data-action="delete"]').click();
  await page.locator(".filter").last().click();
  await page.locator('.badge[data-kind="trashed"]').waitFor();
  await stop("trash");
  await page.locator('.views a[href="#settings"]').click();
  await page.locator("#view-settings").waitFor();
  await stop("settings");
}

/** @param {import("../tests/e2e/support/server.js").Server} server */
async function removeTakes(server) {
  for (const { id } of await server.metadata()) {
    if (!id.startsWith(PREFIX)) {
      await server.fetch(`recording/${id}`, { method: "DELETE" });
    }
  }
}

const stage = new Stage();
try {
  const folder = await stage.folder("pictures");
  const microphone = path.join(folder, "voice.wav");
  await makeVoice(["-ac", "1", microphone], 30);
  for (const [piece, volume] of LOUDNESS.entries()) {
    const file = path.join(folder, `${piece}.webm`);
    const loud = ["-af", `volume=${volume}`];
    const opus = ["-c:a", "libopus", "-b:a", "8k"];
    await makeVoice([...loud, ...opus, file], PIECE_S);
  }
  const server = await startServer(stage);
  for (const what of RECORDINGS) {
    await upload(server, folder, what);
  }
  const chromium = await startChromium(stage, { microphone });
  for (const look of LOOKS) {
    const height = look.width < 500 ? 812 : 800;
    const page = await openAs(chromium, server.url, look, {
      viewport: { width: look.width, height },
    });
    await walk(page, async (place) => {
      const name = `${place}-${look.width}-${look.theme}-${look.language}.png`;
      await page.screenshot({ path: path.join(PICTURES, name) });
    });
    await page.context().close();
    await removeTakes(server);
  }
} catch (error) {
  await stage.printLogs();
  throw error;
} finally {
  await stage.end();
}
