import assert from "node:assert/strict";
import { startFirefox } from "./support/firefox.js";
import { FirefoxStudio } from "./support/firefox-studio.js";
import { readPcm } from "./support/pcm.js";
import { waitFor } from "./support/processes.js";
import { plugMicrophone } from "./support/pulse.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";

const HZ = 880;
const CHOSEN = { name: "chosen", hz: HZ };
const NAME = `Sine source at ${HZ} Hz`;

/** Firefox asks PulseAudio for microphones, and was allowed them once and for all. */
const ALLOWED = {
  "media.navigator.streams.fake": false,
  "media.navigator.permission.disabled": false,
  "permissions.default.microphone": 1,
};

/** Runs in the page: @returns {string[]} the microphones to choose from */
function listed() {
  const select = document.querySelector("#device");
  return Array.from(select?.querySelectorAll("option") ?? [], (option) =>
    option.selected ? `> ${option.textContent}` : `${option.textContent}`,
  );
}

/** Runs in the page. @param {string} name @returns {boolean} false: not there yet */
function choose(name) {
  const select = /** @type {HTMLSelectElement} */ (
    document.querySelector("#device")
  );
  const index = Array.from(select.options).findIndex(
    ({ textContent }) => textContent === name,
  );
  if (index >= 0) {
    select.selectedIndex = index;
    select.dispatchEvent(new Event("change"));
  }
  return index >= 0;
}

/** Runs in the page: @returns {Promise<any[]>} the rows of its database */
async function readRows() {
  const at = new URL("assets/js/library/database.js", document.baseURI);
  const { openDatabase } = await import(at.href);
  return (await openDatabase()).recordings.list();
}

/** @param {FirefoxStudio} studio @param {string} item */
async function waitForItem({ page }, item) {
  /** @type {string[]} */
  let last = [];
  await waitFor(`"${item}" among the microphones`, async () =>
    (last = await page.evaluate(listed)).includes(item),
  ).catch((error) => {
    throw new Error(`${error.message}; there are: ${last.join(", ")}`);
  });
}

/** @param {FirefoxStudio} studio @param {boolean} isChosen  whether that is open */
async function waitForGranted(studio, isChosen) {
  await waitFor(
    `${isChosen ? "the chosen" : "another"} microphone`,
    async () => {
      const text = await studio.text(".granted");
      return text !== "" && text.startsWith(NAME) === isChosen;
    },
  );
}

/**
 * PulseAudio's tone comes in bursts.
 *
 * @param {number[]} samples
 */
function usualPeriod(samples) {
  const rises = [...samples.keys()].filter(
    (i) => i > 0 && samples[i] >= 0 && samples[i - 1] < 0,
  );
  const periods = rises.slice(1).map((at, i) => at - rises[i]);
  return periods.sort((a, b) => a - b)[Math.floor(periods.length / 2)];
}

story(
  "the chosen microphone is chosen again once it is back",
  async (stage) => {
    const server = await startServer(stage);
    const firefox = await startFirefox(stage, { preferences: ALLOWED });
    await plugMicrophone(firefox.env);
    const unplug = await plugMicrophone(firefox.env, CHOSEN);
    const studio = await FirefoxStudio.open(firefox, server.url);
    const { page } = studio;
    await page.select("#preset", "unprocessed"); // a tone is no noise
    await studio.press("Switch on microphone");
    await waitFor("it to be listed", () => page.evaluate(choose, NAME));
    await waitForGranted(studio, true);

    // Between takes it is opened at once.
    await unplug();
    await studio.press("Switch on microphone");
    await waitForItem(studio, `> Not connected: ${NAME}`);
    await waitForGranted(studio, false);
    const unplugAgain = await plugMicrophone(firefox.env, CHOSEN);
    await studio.waitForWords(
      `The microphone that was chosen is there: ${NAME}`,
    );
    await waitForItem(studio, `> ${NAME}`);
    await waitForGranted(studio, true);

    // A take that lost it has it back.
    await studio.press("Record");
    await studio.recordUntil(1);
    await unplugAgain();
    await studio.waitForWords("Another microphone has taken its place");
    await waitForGranted(studio, false);
    await plugMicrophone(firefox.env, CHOSEN);
    await studio.waitForWords("The microphone is back. The take goes on.");
    await waitForGranted(studio, true);
    await studio.recordFor(3);
    await studio.stop("Both");
    const { id, markers, segments } = await waitFor("the take", async () => {
      const [row] = await page.evaluate(readRows);
      return row?.state === "finished" && row;
    });
    const codes = markers.map((/** @type {{code: string}} */ { code }) => code);
    // What came was silent at times, and that was over: it is back then, too.
    const places = ["ENDED", "OTHER", "BACK"].map((what) =>
      codes.lastIndexOf(`MICROPHONE_${what}`),
    );
    assert.ok(places[0] >= 0, `${codes}`);
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
      `${codes}`,
    );
    const { frame } = markers[codes.indexOf("MICROPHONE_BACK", places[1])];
    const [{ rate }] = segments;
    const samples = await page.evaluate(readPcm, {
      id,
      from: frame,
      to: Infinity,
    });
    const pitch = rate / usualPeriod(samples);
    assert.ok(Math.abs(pitch - HZ) < 20, `${pitch} Hz`);

    await page.reload();
    await waitForItem(studio, `> ${NAME}`);
  },
);
