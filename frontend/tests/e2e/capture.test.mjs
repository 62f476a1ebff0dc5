import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

story("markers and notes stay with a take, here and there", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, server.url);
  await studio.record();
  await studio.recordUntil(1);
  await studio.page.keyboard.press("m");
  await studio.page.getByText(/^0:0\d Marker$/).waitFor();
  const note = studio.page.getByRole("textbox", { name: "Note" });
  await studio.recordUntil((await studio.seconds()) + 0.3);
  await note.fill("Mayer arrives");
  const typed = await studio.seconds();
  await studio.recordUntil(typed + 1.5);
  await note.press("Enter");
  await studio.page.getByText(/^0:0\d Mayer arrives$/).waitFor();
  await studio.button("Pause").click();
  await studio.page.getByText(/^0:0\d Paused$/).waitFor();
  await studio.stop("Marked");

  const [row] = await studio.rows();
  const kinds = row.markers?.map(({ kind, text }) => text ?? kind);
  assert.deepEqual(kinds, ["marker", "Mayer arrives", "pause"]);
  const [marker, noted] = row.markers ?? [];
  assert.ok(noted.frame < (typed + 1.4) * (row.segments?.[0].rate ?? 0));
  assert.ok(noted.frame > marker.frame);

  await studio.goTo("Library");
  await studio.row("Marked").getByText("On server").waitFor();
  const answer = await waitFor("the server's copy", async () => {
    const got = await fetch(new URL(`recording/${row.id}`, server.url));
    return got.ok && got.json();
  });
  assert.deepEqual(answer.metadata.waveforge.markers, row.markers);
});

/** Runs in the page: @returns {string} what the chosen microphone gives */
const grantedLine = () => document.querySelector(".granted")?.textContent ?? "";

story("a take outlives its microphone, and goes on with it", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage, { asksForMicrophone: true });
  const { origin } = new URL(server.url);
  const permit = () =>
    chromium.context.grantPermissions(["microphone"], { origin });
  await permit();
  const studio = await Studio.open(chromium, server.url);
  const { page } = studio;
  await studio.arm();
  await waitFor("what the microphone gives", async () =>
    /gain control/.test(await page.evaluate(grantedLine)),
  );
  const sound = page.getByRole("combobox", { name: "Sound" });
  await sound.selectOption("Unprocessed");
  await waitFor("the other sound", async () =>
    /, unprocessed/.test(await page.evaluate(grantedLine)),
  );
  await studio.button("Record").click();
  await studio.recordUntil(2);
  assert.ok(await page.locator("#preset").isDisabled());
  assert.ok(await sound.isHidden());
  await chromium.context.clearPermissions();
  await page.getByText("The microphone is gone").first().waitFor();
  await studio.recordUntil((await studio.seconds()) + 1);
  await permit();
  await page.getByText("The microphone is back. The take goes on.").waitFor();
  await studio.recordUntil((await studio.seconds()) + 1.5);
  await studio.stop("Survivor");

  const [row] = await studio.rows();
  const codes = row.markers?.map(({ code }) => code);
  assert.deepEqual(codes, ["MICROPHONE_ENDED", "MICROPHONE_BACK"]);
  assert.equal(row.gaps, 0);
  assert.equal(row.granted?.autoGainControl, false);
  const rate = row.segments?.[0].rate ?? 0;
  const [gone, back] = row.markers ?? [];
  const heard = await page.evaluate(loudSeconds, { id: row.id, rate });
  const last = Math.max(...heard);
  assert.ok(last * rate > back.frame, `${last} s, back at ${back.frame}`);
  const silent = heard.filter(
    (second) =>
      second * rate > gone.frame + rate && (second + 1) * rate < back.frame,
  );
  assert.deepEqual(silent, []);
});

/**
 * Runs in the page.
 *
 * @param {{id: string, rate: number}} take
 * @returns {Promise<number[]>} seconds of the take in which something is heard
 */
async function loudSeconds({ id, rate }) {
  const at = new URL("assets/js/core/framing.js", document.baseURI);
  const { readBlocks } = await import(at.href);
  const root = await navigator.storage.getDirectory();
  const takes = await root.getDirectoryHandle("takes");
  const folder = await takes.getDirectoryHandle(id);
  const seconds = new Set();
  for await (const [name, handle] of /** @type {any} */ (folder).entries()) {
    if (name.startsWith("pcm.")) {
      const file = await handle.getFile();
      const bytes = new Uint8Array(await file.arrayBuffer());
      const read = (/** @type {number} */ from, /** @type {number} */ length) =>
        bytes.subarray(from, from + length);
      for await (const { first, channels } of readBlocks({
        size: bytes.length,
        read,
      })) {
        const isLoud = channels[0].some(
          (/** @type {number} */ x) => Math.abs(x) > 0.01,
        );
        if (isLoud) {
          seconds.add(Math.floor(first / rate));
        }
      }
    }
  }
  return [...seconds];
}
