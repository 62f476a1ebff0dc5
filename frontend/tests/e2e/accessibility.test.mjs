import assert from "node:assert/strict";
import process from "node:process";
import { startChromium } from "./support/chromium.js";
import {
  PAIRS,
  allLooks,
  clippedTexts,
  faults,
  nameOf,
  openAs,
} from "./support/look.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio, settleAt } from "./support/studio.js";

/** @typedef {import("playwright-core").Page} Page */

const LOOKS = process.env.WAVEFORGE_LONG ? allLooks() : PAIRS;
const PSEUDO = { language: "en", theme: "dark", width: 1280 };

/**
 * Walks through everything the studio can show, and stops at each.
 *
 * @param {Page} page
 * @param {(place: string) => Promise<void>} stop
 */
async function walk(page, stop) {
  await page.locator(".arm").waitFor();
  // Whose texts come behind those of the first view.
  await page.waitForFunction(
    () =>
      document.getElementById("library-title")?.textContent !== "library.title",
  );
  await stop("the first run");
  await page.locator(".tools .help").click();
  await page.locator("dialog.help-dialog[open]").waitFor();
  await stop("the help");
  await page.keyboard.press("Escape");
  await walkSettings(page, stop);
  await page.locator(".arm").click();
  await page.locator(".record-button").waitFor();
  await stop("the level check");
  await page.locator(".settings summary").click();
  await stop("the settings");
  await page.locator(".settings summary").click();
  await page.locator(".record-button").click();
  await new Studio(page).recordUntil(1);
  await stop("a running take");
  await page.locator(".pause-button").click();
  await page.locator('.state[data-phase="paused"]').waitFor();
  await stop("a paused take");
  await page.locator(".stop-button").click();
  await page.locator(".kept").waitFor();
  await stop("a take that is kept");
  await page.locator('.views a[href="#library"]').click();
  await page.locator('.badge[data-kind="server"]').waitFor();
  await stop("the library");
  await walkLibrary(page, stop);
}

/**
 * @param {Page} page
 * @param {(place: string) => Promise<void>} stop
 */
async function walkSettings(page, stop) {
  await page.locator('.views a[href="#settings"]').click();
  await page.locator("#set-chunk option").nth(1).waitFor({ state: "attached" });
  await stop("the settings' view");
  await page.locator(".erase-device").click();
  await page.locator("dialog.erase").waitFor();
  await page.locator("#erase-word").press("Enter");
  await page.locator(".erase-fault:not(:empty)").waitFor();
  await stop("the question whether all shall go");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: /licen|lizenz/i }).click();
  await page.locator(".licences > summary").click();
  await page.locator(".licence-list summary").last().click();
  await page.locator(".licence-list pre", { hasText: /\w/ }).waitFor();
  await stop("all about the studio");
  await page.locator('.views a[href="#record"]').click();
}

/**
 * Runs in the page: files are dragged over the library, or away from it.
 *
 * @param {"dragover" | "dragleave"} type
 */
function drag(type) {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(["a"], "a.wav"));
  const options = { dataTransfer, bubbles: true, cancelable: true };
  document.body.dispatchEvent(new DragEvent(type, options));
}

/**
 * @param {Page} page in the library, with one recording
 * @param {(place: string) => Promise<void>} stop
 */
async function walkLibrary(page, stop) {
  const more = page.locator(".more");
  const press = async (/** @type {string} */ action) => {
    if (await more.isVisible()) {
      await settleAt(more);
      await more.click();
    }
    await page.locator(`.menu [data-action="${action}"]`).click();
  };
  await page.evaluate(drag, /** @type {const} */ ("dragover"));
  await page.locator(".drop-zone").waitFor();
  await stop("files over the library");
  await page.evaluate(drag, /** @type {const} */ ("dragleave"));
  await page.locator(".row-select").click();
  await page.locator(".selection-bar").waitFor();
  await stop("a selection");
  await page.locator(".choose-none").click();
  await page.locator(".row-play").click();
  await page.locator(".dock").waitFor();
  await stop("the player");
  await page.locator(".dock-eq").click();
  await stop("the equaliser of the player");
  await page.locator(".dock-eq").click();
  await page.locator(".dock-close").click();
  if (await more.isVisible()) {
    await settleAt(more);
    await more.click();
    await stop("the menu of a row");
    await more.click();
  }
  await press("rename");
  await page.locator(".row-rename").waitFor();
  await stop("the field for a name");
  await page.keyboard.press("Escape");
  await press("downloadAs");
  await page.locator("dialog.download-as").waitFor();
  await stop("the dialog for a format");
  await page.keyboard.press("Escape");
  await press("receipt");
  await page.locator("dialog.receipt").waitFor();
  await stop("the receipt");
  await page.keyboard.press("Escape");
  await press("delete");
  await page.locator(".toast").waitFor();
  await stop("the empty library and a message");
  await page.locator(".filter").last().click();
  await page.locator('.badge[data-kind="trashed"]').waitFor();
  await stop("the trash");
  await page.locator(".empty-trash").click();
  await page.locator("dialog.confirm").waitFor();
  await stop("the question before something goes for good");
  await page.keyboard.press("Escape");
  await page.locator(".filter").first().click();
  await walkInterrupted(page, stop);
}

/**
 * @param {Page} page
 * @param {(place: string) => Promise<void>} stop
 */
async function walkInterrupted(page, stop) {
  await page.locator('.views a[href="#record"]').click();
  const arm = page.locator(".arm");
  const record = page.locator(".record-button");
  await arm.or(record).filter({ visible: true }).waitFor();
  if (await arm.isVisible()) {
    await arm.click();
  }
  await record.click();
  await new Studio(page).recordUntil(1);
  await page.locator('.views a[href="#library"]').click();
  await page.locator('.badge[data-kind="recording"]').waitFor();
  await stop("the library during a take");
  await page.reload();
  await page.locator(".banner").waitFor();
  await stop("an interrupted take");
}

for (const look of LOOKS) {
  const title = "axe finds no fault in any view, and no text is cut off";
  story(`${title} (${nameOf(look)})`, async (stage) => {
    const server = await startServer(stage);
    const chromium = await startChromium(stage);
    const page = await openAs(chromium, server.url, look);
    await walk(page, async (place) => {
      assert.deepEqual(await faults(page), [], place);
      assert.deepEqual(await clippedTexts(page), [], place);
    });
  });
}

story("no German text is cut off at 200 % of the text size", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const look = /** @type {const} */ ({
    language: "de",
    theme: "light",
    width: 640,
  });
  const page = await openAs(chromium, server.url, look);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  await walk(page, async (place) => {
    assert.deepEqual(await clippedTexts(page), [], place);
  });
});

story("axe finds the faults that are put there", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const page = await openAs(chromium, server.url, PAIRS[0]);
  await page.locator(".arm").waitFor();
  await page.evaluate(() => {
    const title = document.querySelector(".welcome-title");
    if (title instanceof HTMLElement) {
      title.after(document.createElement("button"));
      title.style.color = "#3a3a3a";
    }
  });
  const found = (await faults(page)).map((fault) => fault.split(":")[0]);
  assert.deepEqual(found.sort(), ["button-name", "color-contrast"]);
});

/**
 * What people read or hear that is not in brackets.
 *
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
function unbracketed(page) {
  return page.evaluate(() => {
    const own = ".brand, [data-language], kbd, pre, noscript, template, script";
    const byIntl = ".timer, .row-facts, .dock-time, .dock-length";
    /** @param {string} text @returns {boolean} */
    const isFine = (text) => {
      const rest = text.replace(/⟦[^⟦⟧]*⟧/gu, "");
      return rest === text ? !/\p{L}/u.test(text) : isFine(rest);
    };
    const found = [];
    for (const node of document.body.querySelectorAll("*")) {
      if (node.closest(`${own}, ${byIntl}`)) {
        continue;
      }
      const texts = [...node.childNodes]
        .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
        .map(({ textContent }) => textContent ?? "");
      for (const name of [
        "aria-label",
        "title",
        "placeholder",
        "aria-valuetext",
        "alt",
      ]) {
        texts.push(node.getAttribute(name) ?? "");
      }
      found.push(...texts.filter((text) => !isFine(text)));
    }
    return found;
  });
}

story("every text comes from the dictionary", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const look = /** @type {import("./support/look.js").Look} */ (PSEUDO);
  const page = await openAs(chromium, "about:blank", look, {
    serviceWorkers: "block",
  });
  for (const [file, name] of [
    ["en.js", "en"],
    ["en-later.js", "enLater"],
  ]) {
    await page.route(`**/assets/js/i18n/${file}`, (route) =>
      route.fulfill({
        contentType: "text/javascript",
        body: `
        import { ${name} as plain } from "./${file}?plain";
        const bracket = (entry) => typeof entry === "string"
          ? \`⟦\${entry}⟧\`
          : { one: bracket(entry.one), other: bracket(entry.other) };
        export const ${name} = Object.fromEntries(
          Object.entries(plain).map(([key, entry]) => [key, bracket(entry)]));`,
      }),
    );
  }
  await page.goto(server.url);
  await walk(page, async (place) => {
    assert.deepEqual(await unbracketed(page), [], place);
  });
});
