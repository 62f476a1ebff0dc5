import assert from "node:assert/strict";
import path from "node:path";
import { startChromium } from "./support/chromium.js";
import { readPcm } from "./support/pcm.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { writeStaircase } from "./support/wav.js";

story("a pause is cut out of a take without a click", async (stage) => {
  const server = await startServer(stage);
  const stairs = path.join(await stage.folder(), "stairs.wav");
  const microphone = await writeStaircase(stairs);
  const chromium = await startChromium(stage, { microphone });
  const studio = await Studio.open(chromium, server.url);
  await studio.record();
  await studio.recordUntil(1);
  await studio.button("Pause").click();
  await studio.page.getByText(/^0:0\d Paused$/).waitFor();
  await studio.button("Resume").click();
  await studio.recordUntil(3);
  await studio.stop();

  const { id, markers = [] } = await studio.waitForRow(
    "the take",
    ({ state }) => state === "finished",
  );
  const { frame } = markers[0];
  const near = { id, from: frame - 2000, to: frame + 2000 };
  const samples = await studio.page.evaluate(readPcm, near);
  assert.equal(samples.length, 4000);
  assert.ok(Math.max(...samples) > 0.3, "there is sound before and after");
  assert.ok(Math.abs(samples[1999]) < 0.005);
  assert.ok(Math.abs(samples[2000]) < 0.005);
  const steps = samples.slice(1).map((x, i) => Math.abs(x - samples[i]));
  const atCut = Math.max(...steps.slice(1980, 2020));
  assert.ok(atCut < 0.01, `a step of ${atCut}`);
});

/**
 * @param {Studio} studio
 * @param {string} name of a new take
 */
async function takeOfASecond(studio, name) {
  await studio.button("Record").click();
  await studio.button("Stop").waitFor();
  const begun = await studio.seconds();
  await studio.recordUntil(begun + 1);
  await studio.stop(name);
  await studio.button("New take").click();
  const row = (await studio.rows()).find((each) => each.name === name);
  assert.ok(row);
  const rate = row.segments?.[0].rate ?? 0;
  const part = { id: row.id, from: rate / 2, to: rate };
  const samples = await studio.page.evaluate(readPcm, part);
  return { row, rate, peak: Math.max(...samples) };
}

story("gain and EQ are in a take only if they are printed", async (stage) => {
  const server = await startServer(stage);
  const stairs = path.join(await stage.folder(), "stairs.wav");
  const microphone = await writeStaircase(stairs);
  const chromium = await startChromium(stage, { microphone });
  const studio = await Studio.open(chromium, server.url);
  const { page } = studio;
  const gain = page.getByRole("slider", { name: "Gain" });
  await page
    .getByRole("combobox", { name: "Sound" })
    .selectOption("Unprocessed");
  await studio.arm();
  await page.getByText("Strongest at").waitFor();
  await page.getByText("More settings").click();
  await gain.fill("-12");
  assert.equal(await gain.getAttribute("aria-valuetext"), "−12 decibels");

  const beside = await takeOfASecond(studio, "beside");
  assert.equal(beside.row.tone?.gain, -12);
  assert.equal(beside.row.tone?.isPrinted, false);
  assert.ok(beside.peak > 0.3, `${beside.peak}`);

  await page.getByRole("checkbox", { name: "Print to take" }).check();
  const printed = await takeOfASecond(studio, "printed");
  assert.equal(printed.row.tone?.isPrinted, true);
  const ratio = printed.peak / beside.peak;
  assert.ok(ratio > 0.2 && ratio < 0.3, `a quarter, not ${ratio}`);

  await page.reload();
  await page.getByText("More settings").click();
  await waitFor("the gain to be as it was", async () => {
    return (await gain.inputValue()) === "-12";
  });
});

/** Runs in the page: keeps what is counted, as it is shown and spoken. */
function noteCount() {
  /** @type {string[]} */
  const counted = [];
  Object.assign(globalThis, { counted });
  const count = document.querySelector(".count[role=status]");
  new MutationObserver(() => {
    counted.push(...[count?.textContent ?? ""].filter((text) => text !== ""));
  }).observe(/** @type {Node} */ (count), {
    ...{ childList: true, characterData: true, subtree: true },
  });
}

story("a take begins before Record, after a count", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, server.url);
  const { page } = studio;
  await page.getByText("More settings").click();
  await page.getByRole("checkbox", { name: /^Count-in/ }).check();
  await page
    .getByRole("combobox", { name: "Pre-roll" })
    .selectOption("5 seconds before Record");
  await studio.arm();
  await page.evaluate(noteCount);
  await studio.button("Record").press("Enter");
  await page.keyboard.press("Escape");
  await studio.button("Record").waitFor();
  assert.deepEqual(await studio.rows(), [], "it is called off");

  await studio.button("Record").press("Enter");
  await studio.button("Stop").waitFor();
  const counted = await page.evaluate("globalThis.counted");
  assert.deepEqual(counted.slice(-3), ["3", "2", "1"]);
  await page.getByText(/^0:0\d Record pressed$/).waitFor();
  await studio.stop();
  const row = await studio.waitForRow(
    "the take",
    ({ state }) => state === "finished",
  );
  const rate = row.segments?.[0].rate ?? 0;
  const [{ kind, frame }] = row.markers ?? [];
  assert.equal(kind, "start");
  assert.ok(frame > 2.5 * rate && frame <= 5 * rate, `${frame / rate} s`);
  assert.ok(row.durationMs > 2500);
});

/** Runs in the page before its scripts: keeps hold of its audio systems. */
function holdContexts() {
  /** @type {any} */
  const scope = globalThis;
  scope.contexts = [];
  scope.AudioContext = class extends scope.AudioContext {
    constructor(/** @type {any} */ options) {
      super(options);
      scope.contexts.push(this);
    }
  };
}

/** Runs in the page: @param {number} count that there must have been */
function hasContexts(count) {
  return /** @type {any} */ (globalThis).contexts.length >= count;
}

/** Runs in the page: @param {string} how the latest one ends */
function endContext(how) {
  return /** @type {any} */ (globalThis).contexts.at(-1)[how]();
}

story("a take outlives its audio system, twice", async (stage) => {
  const server = await startServer(stage);
  const stairs = path.join(await stage.folder(), "stairs.wav");
  const microphone = await writeStaircase(stairs);
  const chromium = await startChromium(stage, { microphone });
  await chromium.context.addInitScript(holdContexts);
  const studio = await Studio.open(chromium, server.url);
  const { page } = studio;
  await studio.record();
  await studio.recordUntil(1);
  for (const [i, how] of ["close", "suspend"].entries()) {
    await page.evaluate(endContext, how);
    await page.waitForFunction(hasContexts, i + 2);
    await page.getByText(/^0:0\d The sound is back\.$/).waitFor();
    await studio.recordUntil((await studio.seconds()) + 1.5);
  }
  await studio.stop();

  const row = await studio.waitForRow(
    "the take",
    ({ state }) => state === "finished",
  );
  const { id, segments = [], markers = [] } = row;
  assert.equal(segments.length, 3);
  const codes = markers.map(({ kind, code }) => code ?? kind);
  assert.ok(codes.includes("AUDIO_STALLED") && codes.includes("AUDIO_BACK"));
  const frames = segments.reduce((sum, segment) => sum + segment.frames, 0);
  const { rate } = segments[0];
  assert.ok(Math.abs(frames / rate - row.durationMs / 1000) < 0.01);
  const end = { id, from: frames - rate, to: frames };
  const samples = await page.evaluate(readPcm, end);
  assert.ok(Math.max(...samples) > 0.3, "sound from the third one");
});
