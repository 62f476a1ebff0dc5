/**
 * Debian's Chromium, started as a user would start it: a process group and a
 * profile of its own, driven over its debugging port. So it can be killed like
 * a crash kills it, and started again on the same profile.
 */
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { chromium } from "playwright-core";
import { keepLater } from "./kept.js";
import { PATIENCE_MS, startGroup, waitFor } from "./processes.js";

/**
 * @typedef {object} Options
 * @property {string} [profile] folder of the profile; a new one by default
 * @property {string} [microphone] a WAV file that the microphone plays in a loop;
 *   Chromium's beeps by default
 * @property {boolean} [asksForMicrophone] leave the permission prompt in place
 * @property {NodeJS.ProcessEnv} [pulse] environment of a PulseAudio with the
 *   microphones there are, in place of Chromium's own
 * @property {string[]} [flags] further command line flags
 * @property {boolean} [keepsApp] pages keep the app at once, as they do for people
 *
 * @typedef {object} Chromium
 * @property {import("playwright-core").Browser} browser
 * @property {import("playwright-core").BrowserContext} context the profile's
 * @property {string} profile
 * @property {(url: string) => Promise<import("playwright-core").Page>} open a page
 * @property {(options: import("playwright-core").BrowserContextOptions) => Promise<import("playwright-core").BrowserContext>} newContext
 *   what is nobody's: as a window of another person
 * @property {() => string[]} console lines the pages logged, violations included
 * @property {() => Promise<void>} crash SIGKILL to all its processes
 * @property {number} pid also the id of its process group
 * @property {(page: import("playwright-core").Page) => Promise<void>} hide it
 *   behind another tab
 * @property {(start: () => Promise<void>) => Promise<string>} download what
 *   `start` starts to download; the file
 */

const PROGRAM = process.env.WAVEFORGE_CHROMIUM ?? "/usr/bin/chromium";

const FLAGS = [
  "--headless=new",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-dev-shm-usage",
  // Pages of the address bar, drawn for nobody: half of a start's work.
  "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,MediaRouter",
  "--disable-sync",
  "--password-store=basic",
  "--use-mock-keychain",
  "--remote-debugging-port=0",
  "--lang=en-US",
  // Root has none, and Debian's is a package of its own. Only our pages load.
  "--no-sandbox",
];

/** @param {Options & {profile: string}} options @returns {string[]} */
function argumentsFor(options) {
  const args = [...FLAGS, `--user-data-dir=${options.profile}`];
  if (!options.pulse) {
    args.push("--use-fake-device-for-media-stream");
  }
  if (options.microphone) {
    args.push(`--use-file-for-fake-audio-capture=${options.microphone}`);
  }
  if (!options.asksForMicrophone) {
    args.push("--use-fake-ui-for-media-stream");
  }
  return [...args, ...(options.flags ?? []), "about:blank"];
}

/**
 * @param {string} output
 * @returns {string[]} its lines, but for what a machine without a desktop lacks
 */
function withoutChatter(output) {
  return output.split("\n").filter((line) => !/dbus|alsa/i.test(line));
}

/**
 * @param {string} profile
 * @returns {Promise<string>} where it listens for a driver
 */
async function debuggingUrl(profile) {
  const file = path.join(profile, "DevToolsActivePort");
  // Its second line comes last.
  const text = await waitFor("Chromium to listen", async () => {
    const found = await readFile(file, "utf8").catch(() => "");
    return /\n.+/.test(found) && found;
  });
  const [port, target] = text.split("\n");
  return `ws://127.0.0.1:${port}${target}`;
}

/**
 * @param {import("playwright-core").BrowserContext} context
 * @param {string[]} lines where to put what its pages say
 */
function collectConsole(context, lines) {
  context.on("console", (message) => {
    const { url } = message.location();
    lines.push(`${message.type()}: ${message.text()} (${url})`);
  });
  context.on("weberror", (error) => {
    lines.push(`uncaught: ${error.error().stack}`);
  });
}

/**
 * @param {import("playwright-core").BrowserContext} context
 * @param {Options} options
 */
async function prepare(context, { keepsApp = false }) {
  context.setDefaultTimeout(PATIENCE_MS);
  if (!keepsApp) {
    await context.addInitScript(keepLater);
  }
}

/**
 * @param {import("./story.js").Stage} stage
 * @param {import("playwright-core").Browser} browser
 * @param {() => Promise<void>} start
 * @returns {Promise<string>} the file that was downloaded, once it is whole
 */
async function downloaded(stage, browser, start) {
  const folder = await stage.folder("downloads");
  const session = await browser.newBrowserCDPSession();
  await session.send("Browser.setDownloadBehavior", {
    behavior: "allow",
    downloadPath: folder,
    eventsEnabled: true,
  });
  let name = "";
  let isWhole = false;
  session.on("Browser.downloadWillBegin", (event) => {
    name = event.suggestedFilename;
  });
  session.on("Browser.downloadProgress", (event) => {
    isWhole ||= event.state === "completed";
  });
  await start();
  await waitFor("the download to complete", () => isWhole);
  await session.detach();
  return path.join(folder, name);
}

/**
 * Starts Chromium.
 *
 * @param {import("./story.js").Stage} stage
 * @param {Options} [options]
 * @returns {Promise<Chromium>}
 */
export async function startChromium(stage, options = {}) {
  const profile = options.profile ?? (await stage.folder("chromium"));
  // What a killed one left: its port, and the lock that names its pid.
  await rm(path.join(profile, "DevToolsActivePort"), { force: true });
  await rm(path.join(profile, "SingletonLock"), { force: true });
  const args = argumentsFor({ ...options, profile });
  const group = await startGroup(PROGRAM, args, {
    env: { ...process.env, ...options.pulse, HOME: profile },
  });
  /** @type {string[]} */
  const lines = [];
  stage.add({
    name: "Chromium",
    end: group.kill,
    endNow: group.killNow,
    log: () => [...withoutChatter(group.output()), ...lines].join("\n"),
  });
  const browser = await chromium.connectOverCDP(await debuggingUrl(profile), {
    noDefaults: true,
  });
  const context = browser.contexts()[0];
  await prepare(context, options);
  collectConsole(context, lines);
  return {
    browser,
    context,
    profile,
    console: () => [...lines],
    crash: group.kill,
    pid: group.pid,
    hide: async (page) => {
      const front = await context.newPage();
      await front.bringToFront();
      await page.waitForFunction(() => document.hidden, null, { polling: 100 });
    },
    newContext: async (wishes) => {
      const made = await browser.newContext(wishes);
      await prepare(made, options);
      return made;
    },
    download: (start) => downloaded(stage, browser, start),
    open: async (url) => {
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
  };
}
