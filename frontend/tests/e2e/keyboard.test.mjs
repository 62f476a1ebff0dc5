import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { openAs } from "./support/look.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

const NAME = "Interview by keyboard";
const MOST_STOPS = 80;

/** Runs in the page: keeps what is said to those who do not see it. */
function listenIn() {
  const said = /** @type {string[]} */ ([]);
  Object.assign(globalThis, { said });
  document.addEventListener("DOMContentLoaded", () => {
    for (const place of document.querySelectorAll(".announcer, .alarm")) {
      new MutationObserver(() => {
        const text = place.textContent ?? "";
        if (text !== "") {
          said.push(text);
        }
      }).observe(place, { childList: true });
    }
  });
}

/** One who has a keyboard and ears. */
class Listener {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  /**
   * @param {Parameters<Page["getByRole"]>[0]} role
   * @param {string} name that it has for assistive technology
   */
  control(role, name) {
    return this.page.getByRole(role, { name, exact: true });
  }

  /** @param {Locator} control */
  async isOn(control) {
    return (
      (await control.count()) === 1 &&
      (await control.evaluate((node) => node === document.activeElement))
    );
  }

  /** @param {Locator} control goes there by Tab, forward or back, as people do */
  async tabTo(control) {
    await control.waitFor();
    for (const key of ["Tab", "Shift+Tab"]) {
      for (let stops = 0; stops < MOST_STOPS; stops += 1) {
        if (await this.isOn(control)) {
          return;
        }
        await this.page.keyboard.press(key);
      }
    }
    throw new Error(`no way to ${control}`);
  }

  /** @param {Locator} control */
  async press(control) {
    await this.tabTo(control);
    await this.page.keyboard.press("Enter");
  }

  /** @param {Locator} control to which the studio leads by itself */
  async isLedTo(control) {
    await waitFor(`the focus to be on ${control}`, () => this.isOn(control));
  }

  /** @param {RegExp} pattern of what has been said */
  async hears(pattern) {
    let said = /** @type {string[]} */ ([]);
    await waitFor(`to hear ${pattern}`, async () => {
      said = await this.page.evaluate(
        () => /** @type {any} */ (globalThis).said,
      );
      return said.some((text) => pattern.test(text));
    }).catch((error) => {
      throw new Error(`${error.message}; heard: ${said.join(" | ")}`);
    });
  }
}

story(
  "by keyboard alone: record, name, find, play, delete, undo",
  async (stage) => {
    const server = await startServer(stage);
    const chromium = await startChromium(stage);
    const look = /** @type {const} */ ({
      language: "en",
      theme: "light",
      width: 1280,
    });
    const page = await openAs(chromium, "about:blank", look);
    await page.addInitScript(listenIn);
    await page.goto(server.url);
    const person = new Listener(page);
    const { keyboard } = page;

    await person.press(person.control("button", "Switch on microphone"));
    await person.isLedTo(person.control("button", "Record"));
    await keyboard.press("Enter");
    await person.hears(/^Recording started\.$/);
    await new Studio(page).recordUntil(1);
    await person.press(person.control("button", "Stop"));

    const field = person.control("textbox", "Name of the take");
    await field.waitFor();
    await person.isLedTo(field);
    await keyboard.press("ControlOrMeta+A");
    await keyboard.type(NAME);
    await keyboard.press("Enter");
    await person.hears(/^Recording stopped\. \d+ seconds? kept\.$/);

    await person.press(person.control("link", "Library"));
    await person.isLedTo(person.control("heading", "Library"));
    await person.tabTo(person.control("searchbox", "Search names"));
    await keyboard.type("keyboard");
    await person.hears(/^1 recording in the list\.$/);

    await person.press(person.control("button", `Play ${NAME}`));
    const pause = person.control("button", `Pause ${NAME}`);
    await pause.waitFor();
    assert.ok(await person.isOn(pause), "the focus stays where it plays");
    await person.control("slider", "Position").waitFor();
    await keyboard.press("Enter");

    const more = person.control("button", `More for ${NAME}`);
    if (await more.isVisible()) {
      await person.press(more);
    }
    await person.press(person.control("button", "Delete"));
    await person.hears(new RegExp(`^${NAME} is being deleted\\.$`));
    await person.isLedTo(person.control("heading", "Library"));
    await person.press(person.control("button", "Undo"));
    await person.control("button", `Play ${NAME}`).waitFor();
    await person.control("button", "Undo").waitFor({ state: "detached" });
  },
);
