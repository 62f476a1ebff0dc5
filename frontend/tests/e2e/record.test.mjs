import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { assertAudio, assertUnbroken } from "./support/assertions.js";
import { probe } from "./support/audio.js";
import { startChromium } from "./support/chromium.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { writeStaircase } from "./support/wav.js";

/** @typedef {import("./support/story.js").Stage} Stage */

/**
 * Runs in the page.
 *
 * @param {string} id
 * @returns {Promise<string>} the audio file of a take, in base64
 */
async function readAudio(id) {
  const root = await navigator.storage.getDirectory();
  const takes = await root.getDirectoryHandle("takes");
  const folder = await takes.getDirectoryHandle(id);
  const file = await (await folder.getFileHandle("audio.webm")).getFile();
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/**
 * A finished take of this device, and its audio file.
 *
 * @param {Stage} stage
 * @param {Studio} studio
 * @param {string} [name]  where there are several
 */
async function takeNamed(stage, studio, name) {
  const row = await studio.waitForRow(
    "the finished take",
    (each) => each.state === "finished" && (name ?? each.name) === each.name,
  );
  const file = path.join(await stage.folder(), "audio.webm");
  const text = await studio.page.evaluate(readAudio, row.id);
  await writeFile(file, Buffer.from(text, "base64"));
  return { file, row };
}

/** @param {Stage} stage @param {string[]} [flags] */
async function openStudio(stage, flags = []) {
  const server = await startServer(stage);
  const stairs = path.join(await stage.folder(), "stairs.wav");
  const microphone = await writeStaircase(stairs);
  const chromium = await startChromium(stage, { microphone, flags });
  return { chromium, server, studio: await Studio.open(chromium, server.url) };
}

/** Runs in the page: @param {number} ms that it hangs */
function hang(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    // Neither events nor rendering meanwhile.
  }
}

/** Runs in the page: notes in `rewrites` what is written though it is so already. */
function watchRewrites() {
  /** @type {any} */ (globalThis).rewrites = [];
  /** @param {MutationRecord} record */
  const note = ({ type, target, oldValue }) => {
    const element = /** @type {Element} */ (target);
    const isTimer = element.matches("[role=timer]");
    if (
      type === "childList"
        ? isTimer
        : oldValue !== null && element.matches("[hidden]")
    ) {
      /** @type {any} */ (globalThis).rewrites.push(element.className);
    }
  };
  const view = /** @type {Element} */ (document.querySelector(".record"));
  new MutationObserver((records) => records.forEach(note)).observe(view, {
    subtree: true,
    childList: true,
    attributeFilter: ["hidden"],
    attributeOldValue: true,
  });
}

story("a page that hangs for seconds costs a take nothing", async (stage) => {
  const { studio } = await openStudio(stage);
  await studio.record();
  await studio.page.evaluate(watchRewrites);
  await studio.recordUntil(2);
  const rewrites = await studio.page.evaluate("rewrites");
  assert.deepEqual(rewrites, [], "nothing is hidden or laid out in vain");
  await studio.page.evaluate(hang, 4000);
  await studio.recordUntil(7);
  await studio.stop();
  const seconds = await studio.seconds();
  const { file, row } = await takeNamed(stage, studio);
  assert.equal(row.gaps, 0);
  await assertAudio(file, seconds, 0.1);
  await assertUnbroken(studio, row.id, file);
});

story("a full disk ends a take and keeps all of it", async (stage) => {
  const { chromium, server, studio } = await openStudio(stage);
  await studio.record();
  await studio.page.getByText(/^Room for (more|about)/).waitFor();
  await studio.recordUntil(2);
  const devtools = await chromium.context.newCDPSession(studio.page);
  const usage = await studio.page.evaluate(
    async () => (await navigator.storage.estimate()).usage ?? 0,
  );
  await devtools.send("Storage.overrideQuotaForOrigin", {
    origin: new URL(server.url).origin,
    quotaSize: usage + 500_000,
  });
  const { page } = studio;
  await page.getByText("is nearly used up").first().waitFor();
  const name = page.getByRole("textbox", { name: "Name of the take" });
  await name.waitFor();
  const seconds = await studio.seconds();
  assert.ok(seconds > 2);
  const { file, row } = await takeNamed(stage, studio);
  assert.equal(row.durationMs, Math.round((await probe(file)).duration * 1000));
  await assertAudio(file, seconds, 0.15);
  await assertUnbroken(studio, row.id, file);
});

story("two tabs record at once, one of them hidden", async (stage) => {
  const { chromium, server, studio } = await openStudio(stage);
  const other = await Studio.open(chromium, server.url);
  // While a page starts on a small machine, Chromium may starve a microphone.
  for (const tab of [studio, other]) {
    await tab.page.bringToFront();
    await tab.arm();
  }
  for (const tab of [studio, other]) {
    await tab.page.bringToFront();
    await tab.button("Record").click();
    await tab.button("Stop").waitFor();
  }
  await other.recordUntil(3);
  await other.stop("second");
  await studio.page.bringToFront();
  await studio.stop("first");
  for (const [name, tab] of /** @type {const} */ ([
    ["first", studio],
    ["second", other],
  ])) {
    const { file, row } = await takeNamed(stage, studio, name);
    await assertAudio(file, await tab.seconds(), 0.1);
    assert.equal(row.gaps, 0);
    await assertUnbroken(studio, row.id, file);
  }
});

story("a tab that starts during a take costs it nothing", async (stage) => {
  const { chromium, server, studio } = await openStudio(stage);
  await studio.record();
  await studio.recordUntil(2);
  const other = await Studio.open(chromium, server.url);
  await other.arm();
  await studio.page.bringToFront();
  await studio.recordUntil((await studio.seconds()) + 2);
  await studio.stop();
  const seconds = await studio.seconds();
  const { file, row } = await takeNamed(stage, studio);
  assert.equal(row.gaps, 0);
  await assertAudio(file, seconds, 0.1);
  await assertUnbroken(studio, row.id, file);
});

story("a tab that crashes leaves its take to another tab", async (stage) => {
  const { chromium, server, studio } = await openStudio(stage);
  await studio.record();
  await studio.recordUntil(3.2);
  const seconds = await studio.seconds();
  const devtools = await chromium.context.newCDPSession(studio.page);
  const crash = studio.page.waitForEvent("crash");
  void devtools.send("Page.crash").catch(() => undefined);
  await crash;

  const other = await Studio.open(chromium, server.url);
  await other.page.getByText("1 take was interrupted").waitFor();
  await other.goTo("Library");
  const { name } = await other.waitForRow(
    "the take to be told of",
    ({ state }) => state === "interrupted",
  );
  await other.act(name, "Keep");
  const { file, row } = await takeNamed(stage, other);
  const { duration } = await probe(file);
  assert.ok(duration >= seconds - 0.5, `${duration} s, reported ${seconds} s`);
  await assertUnbroken(other, row.id, file);
});
