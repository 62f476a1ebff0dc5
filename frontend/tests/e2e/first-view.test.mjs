import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { startProxy } from "./support/proxy.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

/** @typedef {import("playwright-core").Response} Response */

const TEXT = /javascript|css|html|json|svg/;

/** What nginx leaves as it is: less than this gains nothing. */
const LEAST_COMPRESSED = 256;

/** What may come before the first view can be used, headers and all. */
const FIRST_VIEW_BYTES = 150_000;

/** And before a take is recorded, with what writes it down. */
const TAKE_BYTES = 235_000;

/** What comes behind the view, which does not wait for it: the thread that writes
 * takes down, and the texts of the rest. */
const BEHIND = ["/assets/js/spool/spool.worker.js", "/assets/js/i18n/en-later"];

/** The rest of the studio. */
const LATER = "/assets/js/later.js";

/** @param {Response} response */
async function lookAt(response) {
  const { responseBodySize: bytes } = await response.request().sizes();
  const headers = await response.allHeaders();
  const url = new URL(response.url());
  const isText = TEXT.test(headers["content-type"] ?? "");
  const isPlain = isText && headers["content-encoding"] !== "gzip";
  return { url, bytes, isPlain };
}

/** @param {Studio} studio @returns {Promise<string>} what has the focus */
function focused({ page }) {
  return page.evaluate(() => document.activeElement?.textContent ?? "");
}

story("a take needs little, and the rest comes when it can", async (stage) => {
  const server = await startServer(stage);
  /** @type {Record<string, import("./support/proxy.js").Fate[]>} */
  const fates = { [LATER]: [503] };
  const proxy = await startProxy(stage, server, fates);
  const held = BEHIND.map((start) => proxy.hold(start));
  const chromium = await startChromium(stage, { keepsApp: true });
  /** @type {Response[]} */
  const responses = [];
  chromium.context.on("response", (response) => {
    // What the service worker keeps for later comes after it.
    if (response.request().serviceWorker() === null) {
      responses.push(response);
    }
  });
  const studio = await Studio.open(chromium, proxy.url);
  await studio.button("Switch on microphone").waitFor();
  const { bytes: viewBytes } = proxy;
  held.forEach((letGo) => letGo());
  const retry = studio.button("Try again");
  await retry.waitFor();
  await studio.record();
  const { bytes } = proxy;
  const seen = responses.slice();
  await retry.press("Enter");
  await retry.waitFor();
  assert.equal(await focused(studio), "Record");
  await studio.recordUntil(1);
  await studio.stop("Before the rest");
  assert.ok(viewBytes <= FIRST_VIEW_BYTES, `${viewBytes} bytes for the view`);
  assert.ok(bytes <= TAKE_BYTES, `${bytes} bytes before a take`);

  const all = await Promise.all(seen.map(lookAt));
  assert.deepEqual(
    all.filter(({ url }) => url.origin !== new URL(proxy.url).origin),
    [],
  );
  assert.deepEqual(
    all.filter(
      ({ isPlain, bytes: size }) => isPlain && size >= LEAST_COMPRESSED,
    ),
    [],
  );

  await studio.goTo("Library");
  assert.equal(await focused(studio), "Library");
  await studio.page.getByText("This view is not loaded.").waitFor();
  fates[LATER][0] = "pass";
  await retry.click();
  await studio.row("Before the rest").waitFor();
  await retry.waitFor({ state: "detached" });
  const names = responses.map((response) => new URL(response.url()).pathname);
  assert.deepEqual(
    names.filter((name) => /mediabunny/.test(name)),
    [],
  );
});
