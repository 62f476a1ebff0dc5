/** A take of hours: what the renderer's memory becomes. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startChromium } from "../../frontend/tests/e2e/support/chromium.js";
import { startServer } from "../../frontend/tests/e2e/support/server.js";
import { Studio } from "../../frontend/tests/e2e/support/studio.js";
import { privateMemory, rendererOf } from "./processes.mjs";
import { hurry, TOLD } from "./source.mjs";

/** @typedef {import("./source.mjs").Bench} Bench */
/** @typedef {import("../../frontend/tests/e2e/support/story.js").Stage} Stage */
/** @typedef {{hours: number, mib: number}} Sample */

const AHEAD_SECONDS = 10;
const SAMPLE_MS = 1000;

/**
 * Records, live to the server, and tells the renderer's memory beyond that of an
 * empty page, every second. No debugger is attached meanwhile: it has the page keep
 * the body of each request.
 *
 * @param {Stage} stage
 * @param {{hours: number, isHurried: boolean, onSample: (sample: Sample) => void}} options
 */
export async function recordForHours(stage, { hours, isHurried, onSample }) {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const empty = await chromium.open("about:blank");
  const least = await privateMemory(await rendererOf(chromium, empty));
  await chromium.context.addInitScript(hurry, isHurried ? AHEAD_SECONDS : 0);
  const studio = await Studio.open(chromium, server.url);
  const pid = await rendererOf(chromium, studio.page);
  /** @type {Sample[]} */
  const samples = [];
  const idle = (await privateMemory(pid)) - least;
  const began = Date.now();
  await studio.record();
  await chromium.browser.close();
  for (;;) {
    const bench = await readBench(chromium.profile);
    const mib = (await privateMemory(pid)) - least;
    samples.push({ hours: bench.seconds / 3600, mib });
    onSample(samples[samples.length - 1]);
    if (bench.seconds >= hours * 3600) {
      break;
    }
    if (bench.faults.length > 0) {
      throw new Error(`the take had ${bench.faults}`);
    }
    await sleep(SAMPLE_MS);
  }
  const minutes = (Date.now() - began) / 60_000;
  return { samples, idle, least, minutes };
}

/**
 * What the page's title tells.
 *
 * @param {string} profile  of the browser
 * @returns {Promise<Bench>}
 */
async function readBench(profile) {
  const file = path.join(profile, "DevToolsActivePort");
  const [port] = (await readFile(file, "utf8")).split("\n");
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
    const targets = /** @type {{title: string}[]} */ (await answer.json());
    const told = targets.find(({ title }) => title.startsWith(TOLD));
    if (told) {
      return JSON.parse(decodeURIComponent(told.title.slice(TOLD.length)));
    }
    await sleep(SAMPLE_MS / 10);
  }
}

/**
 * How much a line through the samples rises in an hour (least squares).
 *
 * @param {Sample[]} samples
 */
export function slopeOf(samples) {
  const mean = (/** @type {number[]} */ all) =>
    all.reduce((sum, value) => sum + value, 0) / all.length;
  const hours = mean(samples.map((sample) => sample.hours));
  const mib = mean(samples.map((sample) => sample.mib));
  const rise = mean(
    samples.map((sample) => (sample.hours - hours) * (sample.mib - mib)),
  );
  return rise / mean(samples.map((sample) => (sample.hours - hours) ** 2));
}
