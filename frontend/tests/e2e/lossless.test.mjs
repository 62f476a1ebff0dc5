import assert from "node:assert/strict";
import path from "node:path";
import { decode, probe, sha256 } from "./support/audio.js";
import { startChromium } from "./support/chromium.js";
import { readRamp } from "./support/ramp.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { RAMP_VALUES, writeRamp } from "./support/wav.js";

/** Where a take is kept, and how it comes to that. */
const PLACES = [
  { where: "in files", flags: [] },
  {
    where: "in the database",
    flags: ["--disable-blink-features=FileSystemAccessOriginPrivate"],
  },
];

/**
 * @param {Float32Array} pcm
 * @returns {number} steps of the ramp that are not +1
 */
function countJumps(pcm) {
  const values = Array.from(pcm, (sample) =>
    Math.round(sample * (sample < 0 ? 32_768 : 32_767)),
  );
  return values.filter((value, i) => {
    const step = i === 0 ? 1 : value - values[i - 1] + RAMP_VALUES;
    return step % RAMP_VALUES !== 1;
  }).length;
}

/**
 * Asserts that the server has a lossless take, the same as the device.
 *
 * @param {import("./support/server.js").Server} server
 * @param {Studio} studio
 * @param {string} id
 */
async function assertLossless(server, studio, id) {
  const row = await studio.waitForRow(
    "the take to be on the server",
    (one) => one.id === id && one.uploaded,
  );
  const entry = (await server.metadata()).find((one) => one.id === id);
  assert.equal(entry?.mime_type, "audio/wav");
  const file = path.join(server.store, entry.filename);
  const digest = await sha256(file);
  assert.deepEqual([row.sha256, entry.sha256], [digest, digest]);
  assert.equal(await studio.deviceDigest(id), digest);
  const { format, codec, rate, duration } = await probe(file);
  assert.deepEqual([format, codec, rate], ["wav", "pcm_s24le", 44_100]);
  assert.equal(row.durationMs, Math.round(duration * 1000));
  // A loaded machine makes the browser itself lose input now and then.
  const values = RAMP_VALUES;
  const { steps } = await studio.page.evaluate(readRamp, { id, values });
  const pcm = await decode(file, { rate, isFirst: true });
  assert.equal(Math.min(20, countJumps(pcm)), steps.length);
  return duration;
}

for (const { where, flags } of PLACES) {
  story(
    `a lossless take ${where} is what was heard, also after a SIGKILL`,
    async (stage) => {
      const server = await startServer(stage);
      const ramp = path.join(await stage.folder(), "ramp.wav");
      const microphone = await writeRamp(ramp);
      const first = await startChromium(stage, { microphone, flags });
      const before = await Studio.open(first, server.url);
      const { page } = before;
      const choose = (
        /** @type {string} */ name,
        /** @type {string} */ option,
      ) =>
        page.getByRole("combobox", { name, exact: true }).selectOption(option);
      await choose("Sound", "Unprocessed");
      await choose("Format", "Lossless (WAV)");
      await before.record();
      await before.recordUntil(2);
      await before.stop("Exact");
      const [exact] = await before.rows();
      const seconds = await assertLossless(server, before, exact.id);
      assert.ok(seconds >= 2, `${seconds} s`);

      await before.button("New take").click();
      await before.button("Record").click();
      await before.recordUntil(2.6);
      const reported = await before.seconds();
      await first.crash();
      const { profile } = first;
      const second = await startChromium(stage, { microphone, flags, profile });
      const studio = await Studio.open(second, server.url);
      await studio.page.getByText("1 take was interrupted").waitFor();
      await studio.button("Keep").first().click();
      const cut = await studio.waitForRow(
        "the take that was cut",
        ({ id }) => id !== exact.id,
      );
      const kept = await assertLossless(server, studio, cut.id);
      assert.ok(kept >= reported - 0.5, `${kept} s, reported ${reported} s`);
      const format = studio.page.locator("#format");
      assert.equal(await format.inputValue(), "wav");
    },
  );
}

story("a browser that cannot encode records without loss", async (stage) => {
  const server = await startServer(stage);
  const ramp = path.join(await stage.folder(), "ramp.wav");
  const chromium = await startChromium(stage, {
    microphone: await writeRamp(ramp),
  });
  await chromium.context.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "AudioEncoder");
  });
  const studio = await Studio.open(chromium, server.url);
  const format = studio.page.getByRole("combobox", { name: "Format" });
  await format
    .getByRole("option", { name: "Small (Opus): not in this browser" })
    .waitFor({ state: "attached" });
  assert.equal(await format.inputValue(), "wav");
  await studio.record();
  await studio.recordUntil(1.5);
  await studio.stop("Exact");
  const [row] = await studio.rows();
  assert.equal(row.mimeType, "audio/wav");
});
