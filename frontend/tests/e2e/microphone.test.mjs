import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { plugMicrophone, startPulse } from "./support/pulse.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { RATE, writeStaircase } from "./support/wav.js";

/** Names of this machine to which browsers give no microphone. */
const OTHER_HOST = "studio.test";

/**
 * A microphone that gives tones for so many seconds, then zeros, over and over.
 *
 * @param {string} file
 * @param {{loud: number, silent: number}} seconds
 */
async function writeInterrupted(file, { loud, silent }) {
  const stairs = await readFile(await writeStaircase(file));
  const tones = stairs.subarray(44);
  const repeats = Math.round((loud * RATE * 2) / tones.length);
  const zeros = Buffer.alloc(silent * RATE * 2);
  const body = Buffer.concat([...Array(repeats).fill(tones), zeros]);
  const header = Buffer.from(stairs.subarray(0, 44));
  header.writeUInt32LE(36 + body.length, 4);
  header.writeUInt32LE(body.length, 40);
  await writeFile(file, Buffer.concat([header, body]));
  return file;
}

story("silence to the last bit is told, noted, and over", async (stage) => {
  const server = await startServer(stage);
  const file = path.join(await stage.folder(), "interrupted.wav");
  const microphone = await writeInterrupted(file, { loud: 6.4, silent: 3 });
  const chromium = await startChromium(stage, { microphone });
  const studio = await Studio.open(chromium, server.url);
  const { page } = studio;
  await studio.record();
  const toast = (/** @type {string} */ hasText) =>
    page.locator(".toast", { hasText });
  const told = toast("Only silence arrives. Is the microphone muted");
  await told.waitFor();
  await toast("Sound arrives again.").waitFor();
  assert.equal(await told.count(), 0);
  const noted = page.getByRole("list", { name: "Markers and notes" });
  await noted.getByText(/^0:\d\d Only silence arrives/).waitFor();
  await studio.stop("Hushed");

  const [{ markers = [], segments = [] }] = await studio.rows();
  const codes = markers.map(({ code }) => code);
  assert.deepEqual(codes, ["MICROPHONE_SILENT", "MICROPHONE_BACK"]);
  const [gone, back] = markers;
  const lasted = (back.frame - gone.frame) / segments[0].rate;
  assert.ok(lasted > 1 && lasted < 4, `${lasted} s`);
  await studio.waitForSafety(/on the server, verified/);
  const [entry] = await server.metadata();
  const answer = await (await server.fetch(`recording/${entry.id}`)).json();
  assert.deepEqual(answer.metadata.waveforge.markers, markers);
  await studio.goTo("Library");
  await studio.act("Hushed", "Receipt");
  await page.getByText(/1 interruption .*\(microphone\)/).waitFor();
});

/**
 * @param {Studio} studio
 * @param {{en: string, de: string, press?: boolean}} words what the page says, by
 *   itself or once the microphone is to be switched on
 */
async function assertSaid({ page }, { en, de, press = true }) {
  for (const [language, text] of [
    ["en", en],
    ["de", de],
  ]) {
    await page.locator(`[data-language="${language}"]`).click();
    // What is told before its texts are there stays in the other one.
    await page.locator(`html[lang="${language}"]`).waitFor();
    if (press) {
      const name = /^(Switch on microphone|Mikrofon einschalten)$/;
      await page.getByRole("button", { name }).click();
    }
    await page.getByText(text).first().waitFor();
  }
}

story("who may not record is told why, and what to do", async (stage) => {
  const server = await startServer(stage);
  await server.configure(`server_name ${OTHER_HOST};`);
  const chromium = await startChromium(stage, {
    asksForMicrophone: true,
    flags: [`--host-resolver-rules=MAP ${OTHER_HOST} 127.0.0.1`],
  });
  const { origin } = new URL(server.url);
  const session = await chromium.browser.newBrowserCDPSession();
  const permission = { name: "microphone" };
  const denial = {
    origin,
    permission,
    setting: /** @type {const} */ ("denied"),
  };
  await session.send("Browser.setPermission", denial);
  const studio = await Studio.open(chromium, server.url);
  await assertSaid(studio, {
    en: "The browser refuses the microphone. Allow it in the address bar",
    de: "Der Browser verweigert das Mikrofon. In der Adressleiste erlauben",
  });
  const other = `http://${OTHER_HOST}:${server.port}/`;
  const listener = await Studio.open(chromium, other);
  assert.equal(await listener.page.evaluate("isSecureContext"), false);
  await assertSaid(listener, {
    en: "Open this page by https, or as http://localhost on the machine",
    de: "Diese Seite über https öffnen oder auf dem Rechner des Servers als",
    press: false,
  });
});

story(
  "without a microphone it is said, and one that is plugged in works",
  async (stage) => {
    const server = await startServer(stage);
    const pulse = await startPulse(stage);
    const chromium = await startChromium(stage, { pulse });
    const studio = await Studio.open(chromium, server.url);
    const { page } = studio;
    await assertSaid(studio, {
      en: "No microphone found. Connect one, then try again.",
      de: "Kein Mikrofon gefunden. Eines anschließen, dann erneut versuchen.",
    });

    await page.locator('[data-language="en"]').click();
    await page.locator("#preset").selectOption("unprocessed"); // a tone is no noise
    await plugMicrophone(pulse);
    await studio.record();
    const level = page.getByRole("meter");
    await waitFor(
      "its tone",
      async () => Number(await level.getAttribute("aria-valuenow")) > -40,
    );
    await studio.recordUntil((await studio.seconds()) + 1);
    await studio.stop("Plugged in");
    await studio.waitForSafety(/on the server, verified/);
    const [{ peaks }] = await studio.rows();
    assert.ok(Math.max(...(peaks ?? [])) > 20, "it heard no tone");
  },
);
