/** The studio as a person uses it: by what is written on its controls. */
import { whenKept } from "./kept.js";
import { PATIENCE_MS, waitFor } from "./processes.js";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("../../../assets/js/core/types.js").RecordingRow} RecordingRow */

/**
 * @param {string} text "0:07", "00:12:31.4"
 * @returns {number} seconds
 */
export function secondsIn(text) {
  const found = /(?:\d+:)+\d+(?:[.,]\d+)?/.exec(text)?.[0] ?? "0:0";
  return found
    .replace(",", ".")
    .split(":")
    .reduce((sum, part) => sum * 60 + Number(part), 0);
}

/**
 * Runs in the page.
 *
 * @param {string} id
 * @returns {Promise<string>} SHA-256 of the device's bytes
 */
export async function digestTake(id) {
  const at = new URL("assets/js/library/database.js", document.baseURI);
  const { openDatabase } = await import(at.href);
  const file = await (await openDatabase()).files.stored(id);
  const bytes = await file.read(0, file.size);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/**
 * Scrolls there, and lets the page hear of that: scrolling closes menus.
 *
 * @param {import("playwright-core").Locator} place
 */
export async function settleAt(place) {
  await place.scrollIntoViewIfNeeded();
  await place.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(resolve)),
      ),
  );
}

/**
 * Presses an action of a row, by way of its menu where there is one. What moves
 * the row meanwhile scrolls, and scrolling closes menus: it is opened again then.
 *
 * @param {import("playwright-core").Locator} row
 * @param {string} action
 */
export async function actOn(row, action) {
  const wanted = row.getByRole("button", { name: action, exact: true });
  const more = row.getByRole("button", { name: /^More for / });
  for (let left = 2; ; left -= 1) {
    const timeout = left > 0 ? PATIENCE_MS / 4 : PATIENCE_MS;
    try {
      await row.waitFor({ timeout });
      if (!(await wanted.isVisible()) && (await more.isVisible())) {
        await settleAt(more);
        await more.click({ timeout });
      }
      return await wanted.click({ timeout });
    } catch (error) {
      if (left === 0) {
        throw error;
      }
    }
  }
}

/** The page in Chromium, in English. */
export class Studio {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  /**
   * @param {import("./chromium.js").Chromium} chromium
   * @param {string} url
   */
  static async open(chromium, url) {
    return new Studio(await chromium.open(url));
  }

  /** @param {string} name what the button says */
  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** @param {string} name @returns {Promise<void>} */
  async goTo(name) {
    await this.page.getByRole("link", { name, exact: true }).click();
  }

  /** Opens the microphone. */
  async arm() {
    await this.button("Switch on microphone").click();
    await this.button("Record").waitFor();
  }

  /**
   * Opens the microphone where that is needed, and starts a take.
   */
  async record() {
    await this.arm();
    await this.button("Record").click();
    await this.button("Stop").waitFor();
  }

  /** @returns {Promise<number>} the timer, in seconds */
  async seconds() {
    const timer = this.page.getByRole("timer");
    return secondsIn((await timer.textContent()) ?? "");
  }

  /** @param {number} seconds that the timer must have reached */
  async recordUntil(seconds) {
    await waitFor(
      `the timer to reach ${seconds} s`,
      async () => (await this.seconds()) >= seconds,
      { timeoutMs: seconds * 1000 + PATIENCE_MS },
    );
  }

  /** @returns {Promise<string>} "Safe on this device to … · on the server to …" */
  async safety() {
    return (await this.page.locator(".safety").innerText()).trim();
  }

  /** @param {RegExp} pattern */
  async waitForSafety(pattern) {
    let last = "";
    await waitFor(
      `the line "Safe …" to say ${pattern}`,
      async () => pattern.test((last = await this.safety())),
      { timeoutMs: 2 * PATIENCE_MS },
    ).catch((error) => {
      throw new Error(`${error.message}; it says: ${last}`);
    });
  }

  /** Ends the take and calls it something; resolves once that is noted. */
  async stop(name = "") {
    await this.button("Stop").click();
    const field = this.page.getByRole("textbox", { name: "Name of the take" });
    await field.waitFor();
    if (name !== "") {
      await field.fill(name);
      await field.press("Enter");
      await this.waitForRow(
        `a take called ${name}`,
        (row) => row.name === name && row.state === "finished",
      );
    }
  }

  /** Resolves once the studio would start without its server. */
  async waitForOfflineCopy() {
    await whenKept(this);
    await waitFor("the offline copy to be in use", () =>
      this.page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        return registration?.active?.state === "activated";
      }),
    );
  }

  /**
   * Closes the page and opens it again that much later, by its own clock.
   *
   * @param {number} ms
   * @returns {Promise<Studio>}
   */
  async comeBackAfter(ms) {
    const url = this.page.url();
    const page = await this.page.context().newPage();
    await this.page.close();
    await page.addInitScript((later) => {
      const now = Date.now;
      Date.now = () => now() + later;
    }, ms);
    await page.goto(url);
    return new Studio(page);
  }

  /** @param {string} name @returns {import("playwright-core").Locator} */
  row(name) {
    return this.page
      .getByRole("listitem")
      .filter({ has: this.page.getByRole("heading", { name, exact: true }) });
  }

  /**
   * Presses an action of a row, by way of its menu where there is one.
   *
   * @param {string} name of the recording
   * @param {string} action
   */
  async act(name, action) {
    await actOn(this.row(name), action);
  }

  /** @param {string} name @param {string} next */
  async rename(name, next) {
    await this.act(name, "Rename");
    const field = this.page.getByRole("textbox", { name: `Name of ${name}` });
    await field.fill(next);
    await field.press("Enter");
  }

  /** @returns {Promise<RecordingRow[]>} rows of the device's database */
  rows() {
    return this.page.evaluate(async () => {
      const at = new URL("assets/js/library/database.js", document.baseURI);
      const { openDatabase } = await import(at.href);
      return (await openDatabase()).recordings.list();
    });
  }

  /**
   * What a page shows and what its database says do not change at one moment.
   *
   * @param {string} what for the error: "the take to be kept"
   * @param {(row: RecordingRow) => unknown} isIt
   * @returns {Promise<RecordingRow>} the first row that is so, once there is one
   */
  waitForRow(what, isIt) {
    return waitFor(what, async () => (await this.rows()).find(isIt));
  }

  /** @param {string} id @returns {Promise<string>} SHA-256 of the device's bytes */
  deviceDigest(id) {
    return this.page.evaluate(digestTake, id);
  }
}
