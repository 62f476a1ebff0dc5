/** Debian's firefox-esr, driven by WebDriver BiDi, with a fake microphone. */
import process from "node:process";
import puppeteer from "puppeteer-core";
import { startPulse } from "./pulse.js";

/**
 * @typedef {object} Firefox
 * @property {import("puppeteer-core").Browser} browser
 * @property {(url: string) => Promise<import("puppeteer-core").Page>} open a page
 * @property {() => string[]} console lines the pages logged
 */

const PROGRAM = process.env.WAVEFORGE_FIREFOX ?? "/usr/bin/firefox-esr";

const PREFERENCES = {
  "media.navigator.permission.disabled": true,
  "media.navigator.streams.fake": true,
  "media.autoplay.default": 0,
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

/**
 * Starts Firefox, with an audio output of its own: without one its
 * AudioContext would stay suspended.
 *
 * @param {import("./story.js").Stage} stage
 * @returns {Promise<Firefox>}
 */
export async function startFirefox(stage) {
  const env = await startPulse(stage);
  const profile = await stage.folder("firefox");
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: PROGRAM,
    headless: true,
    userDataDir: profile,
    extraPrefsFirefox: PREFERENCES,
    env: { ...env, HOME: profile },
  });
  /** @type {string[]} */
  const lines = [];
  stage.add({
    name: "Firefox",
    end: () => browser.close().finally(() => killNow(browser)),
    endNow: () => killNow(browser),
    log: () => lines.join("\n"),
  });
  return {
    browser,
    console: () => [...lines],
    open: async (url) => {
      const page = await browser.newPage();
      page.on("console", (message) => {
        lines.push(`${message.type()}: ${message.text()}`);
      });
      page.on("pageerror", (error) => lines.push(`uncaught: ${error}`));
      await page.goto(url);
      return page;
    },
  };
}
