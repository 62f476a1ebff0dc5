/** Debian's firefox-esr, driven by WebDriver BiDi, with a fake microphone. */
import process from "node:process";
import puppeteer from "puppeteer-core";
import { keepLater } from "./kept.js";
import { PATIENCE_MS, isAlive, waitFor } from "./processes.js";
import { startPulse } from "./pulse.js";

/**
 * @typedef {object} Firefox
 * @property {import("puppeteer-core").Browser} browser
 * @property {(url: string) => Promise<import("puppeteer-core").Page>} open a page
 * @property {string} profile
 * @property {() => string[]} console lines the pages logged
 * @property {NodeJS.ProcessEnv} env where its PulseAudio is found
 * @property {() => Promise<void>} crash SIGKILL to all its processes
 */

const PROGRAM = process.env.WAVEFORGE_FIREFOX ?? "/usr/bin/firefox-esr";

const PREFERENCES = {
  "media.navigator.permission.disabled": true,
  "media.navigator.streams.fake": true,
  "media.autoplay.default": 0,
  "browser.sessionstore.resume_from_crash": false,
  "toolkit.startup.max_resumed_crashes": -1,
  "intl.accept_languages": "en-US",
  "app.update.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.reportingpolicy.firstRun": false,
};

/** @param {import("puppeteer-core").Browser} browser */
function killNow(browser) {
  const pid = browser.process()?.pid;
  if (pid !== undefined) {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

/** @param {import("puppeteer-core").Browser} browser */
async function crash(browser) {
  const pid = browser.process()?.pid ?? 0;
  killNow(browser);
  await waitFor("Firefox to end", () => !isAlive(-pid));
}

/**
 * Starts Firefox, with an audio output of its own: without one its
 * AudioContext would stay suspended.
 *
 * @param {import("./story.js").Stage} stage
 * @param {object} [options]
 * @param {string} [options.profile] a folder that is one already
 * @param {boolean} [options.hasCard] whether there is a sound card; by default
 * @param {Record<string, unknown>} [options.preferences] besides the usual
 * @returns {Promise<Firefox>}
 */
export async function startFirefox(stage, options = {}) {
  const env = await startPulse(stage, options);
  const profile = options.profile ?? (await stage.folder("firefox"));
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: PROGRAM,
    headless: true,
    timeout: PATIENCE_MS,
    userDataDir: profile,
    extraPrefsFirefox: { ...PREFERENCES, ...options.preferences },
    env: { ...env, HOME: profile },
  });
  /** @type {string[]} */
  const lines = [];
  stage.add({
    name: "Firefox",
    end: () => crash(browser),
    endNow: () => killNow(browser),
    log: () => lines.join("\n"),
  });
  return {
    browser,
    profile,
    env,
    crash: () => crash(browser),
    console: () => [...lines],
    open: async (url) => {
      const page = await browser.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      await page.evaluateOnNewDocument(keepLater);
      page.on("console", (message) => {
        lines.push(`${message.type()}: ${message.text()}`);
      });
      page.on("pageerror", (error) => lines.push(`uncaught: ${error}`));
      await page.goto(url);
      return page;
    },
  };
}
