/** The studio in Firefox, whose driver has no locators: by words and classes. */
import { PATIENCE_MS, waitFor } from "./processes.js";
import { digestTake, secondsIn } from "./studio.js";

/** @typedef {import("puppeteer-core").Page} Page */

/** The page in Firefox, in English. */
export class FirefoxStudio {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  /**
   * @param {import("./firefox.js").Firefox} firefox
   * @param {string} url
   */
  static async open(firefox, url) {
    return new FirefoxStudio(await firefox.open(url));
  }

  /**
   * Clicks the one visible button that begins with these words.
   *
   * @param {string} words
   */
  async press(words) {
    const handle = await waitFor(`a button "${words}"`, async () => {
      const found = await this.page.evaluateHandle(
        (name) =>
          Array.from(document.querySelectorAll("button")).find(
            (button) =>
              button.checkVisibility() &&
              !button.disabled &&
              button.innerText.startsWith(name),
          ) ?? null,
        words,
      );
      return found.asElement();
    });
    await /** @type {any} */ (handle).click();
  }

  /** @param {string} selector @returns {Promise<string>} */
  text(selector) {
    return this.page.$eval(selector, (element) => element.textContent ?? "");
  }

  /** @param {string} words that are to be seen somewhere in the page */
  async waitForWords(words) {
    await waitFor(`"${words}" in the page`, () =>
      this.page.evaluate(
        (text) => document.body.innerText.includes(text),
        words,
      ),
    );
  }

  /** Switches the microphone on and starts a take. */
  async record() {
    await this.press("Switch on microphone");
    await this.press("Record");
  }

  /** @returns {Promise<number>} the timer, in seconds */
  async seconds() {
    return secondsIn(await this.text(".timer"));
  }

  /** @param {number} seconds that the timer must have reached */
  async recordUntil(seconds) {
    await waitFor(
      `${seconds} s to be recorded`,
      async () => (await this.seconds()) >= seconds,
      { timeoutMs: seconds * 1000 + PATIENCE_MS },
    );
  }

  /** @param {number} seconds more than the timer shows */
  async recordFor(seconds) {
    await this.recordUntil((await this.seconds()) + seconds);
  }

  /** @param {RegExp} pattern for the line "Safe on this device to …" */
  async waitForSafety(pattern) {
    let last = "";
    await waitFor(
      `the line "Safe …" to say ${pattern}`,
      async () => pattern.test((last = await this.text(".safety"))),
      { timeoutMs: 2 * PATIENCE_MS },
    ).catch((error) => {
      throw new Error(`${error.message}; it says: ${last}`);
    });
  }

  /**
   * Ends the take and calls it something.
   *
   * @param {string} name
   */
  async stop(name) {
    await this.press("Stop");
    const field = await this.page.waitForSelector(".kept input", {
      visible: true,
    });
    await field?.click({ count: 3 });
    await field?.type(name);
    await field?.press("Enter");
  }

  /** @param {string} id @returns {Promise<string>} SHA-256 of the device's bytes */
  deviceDigest(id) {
    return this.page.evaluate(digestTake, id);
  }
}
