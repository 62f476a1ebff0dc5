import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { probe } from "./support/audio.js";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { foldersOfTakes, putRecording } from "./support/recording.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { writeRamp } from "./support/wav.js";

const run = promisify(execFile);

/**
 * @param {string} file
 * @returns {Promise<Int32Array>} all samples, as players hear them
 */
async function samplesIn(file) {
  const args = ["-v", "error", "-i", file, "-f", "s32le", "-"];
  const options = /** @type {const} */ ({
    encoding: "buffer",
    maxBuffer: 2 ** 28,
  });
  const { stdout } = await run("ffmpeg", args, options);
  const bytes = new Uint8Array(stdout);
  return new Int32Array(bytes.buffer, 0, bytes.length / 4);
}

/** @param {string} file @returns {Promise<Record<string, string>>} */
async function tagsOf(file) {
  const args = ["-v", "error", "-of", "json", "-show_format", file];
  const { stdout } = await run("ffprobe", args);
  const tags = JSON.parse(stdout).format.tags;
  return Object.fromEntries(
    Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/**
 * @param {import("./support/chromium.js").Chromium} chromium
 * @param {Studio} studio in the library
 * @param {string} name of the recording
 * @param {string} format as the dialog says it
 * @returns {Promise<string>} the file
 */
async function download(chromium, studio, name, format) {
  await studio.act(name, "Download as…");
  const dialog = studio.page.getByRole("dialog", {
    name: `Download “${name}” as`,
  });
  return chromium.download(() =>
    dialog.getByRole("button", { name: new RegExp(`^${format}`) }).click(),
  );
}

/**
 * @param {import("./support/server.js").Server} server
 * @param {Studio} studio
 * @returns {Promise<{id: string, file: string}>} of the only take, on the server
 */
async function uploaded(server, studio) {
  const row = await studio.waitForRow(
    "the take to be on the server",
    (only) => only.uploaded,
  );
  const entry = (await server.metadata()).find(({ id }) => id === row.id);
  assert.ok(entry);
  return { id: row.id, file: path.join(server.store, entry.filename) };
}

story("a take is downloaded as WAV, FLAC and MP3", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, server.url);
  await studio.record();
  await studio.recordUntil(2);
  await studio.stop("Größe");
  const { file: source } = await uploaded(server, studio);
  await studio.goTo("Library");
  const heard = await samplesIn(source);
  const { channels, rate } = await probe(source);
  for (const [format, codec] of [
    ["WAV", "pcm_s24le"],
    ["FLAC", "flac"],
    ["MP3", "mp3"],
  ]) {
    const file = await download(chromium, studio, "Größe", format);
    assert.equal(path.basename(file), `Größe.${format.toLowerCase()}`);
    const found = await probe(file);
    const { duration } = found;
    const kind = { format: format.toLowerCase(), codec };
    assert.deepEqual(found, { ...kind, channels, rate, duration });
    assert.equal((await samplesIn(file)).length, heard.length, format);
    const { title, date } = await tagsOf(file);
    assert.equal(title, "Größe");
    assert.match(date, /^20\d\d-\d\d-\d\d/);
  }

  // Only the server has it now: it is read by ranges.
  await studio.act("Größe", "Remove from this device");
  await studio.page.getByText("On the server only").waitFor();
  const far = await download(chromium, studio, "Größe", "WAV");
  assert.equal((await samplesIn(far)).length, heard.length);
});

story("of a lossless take FLAC and WAV have every bit", async (stage) => {
  const server = await startServer(stage);
  const ramp = path.join(await stage.folder(), "ramp.wav");
  const microphone = await writeRamp(ramp);
  const chromium = await startChromium(stage, { microphone });
  const studio = await Studio.open(chromium, server.url);
  const { page } = studio;
  await page
    .getByRole("combobox", { name: "Sound", exact: true })
    .selectOption("Unprocessed");
  await page
    .getByRole("combobox", { name: "Format", exact: true })
    .selectOption("Lossless (WAV)");
  await studio.record();
  await studio.recordUntil(2);
  await studio.stop("Exact");
  const { file: source } = await uploaded(server, studio);
  await studio.goTo("Library");
  const heard = await samplesIn(source);
  assert.ok(new Set(heard).size > 1000, "a ramp");
  for (const format of ["FLAC", "WAV"]) {
    const file = await download(chromium, studio, "Exact", format);
    assert.ok(
      Buffer.from(heard.buffer).equals(
        Buffer.from((await samplesIn(file)).buffer),
      ),
      format,
    );
  }
});

story("what is called off or cut leaves nothing behind", async (stage) => {
  const server = await startServer(stage);
  const first = await startChromium(stage);
  const before = await Studio.open(first, `${server.url}#library`);
  /** @type {Parameters<typeof putRecording>[0]} */
  const what = { id: "long", name: "Long", bytes: 200e6, wanted: "device" };
  await before.page.evaluate(putRecording, what);
  /** @param {Studio} studio */
  async function begin(studio) {
    await studio.act("Long", "Download as…");
    await studio.page.getByRole("button", { name: /^FLAC/ }).click();
    await studio.page
      .locator(".job-bar-text", { hasText: "“Long” becomes FLAC" })
      .waitFor();
  }
  await begin(before);
  await before.button("Cancel").click();
  await waitFor("nothing to be left", async () => {
    const folders = await before.page.evaluate(foldersOfTakes);
    return folders.join() === "long";
  });
  await begin(before);
  await waitFor("a file to be made", async () => {
    const folders = await before.page.evaluate(foldersOfTakes);
    return folders.length === 2;
  });
  await first.crash();

  const second = await startChromium(stage, { profile: first.profile });
  const studio = await Studio.open(second, `${server.url}#library`);
  await studio.row("Long").waitFor();
  await waitFor("nothing to be left", async () => {
    const folders = await studio.page.evaluate(foldersOfTakes);
    return folders.join() === "long";
  });
});

story("a format that the browser cannot make is not offered", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, `${server.url}#library`);
  const { page } = studio;
  /** @type {Parameters<typeof putRecording>[0]} */
  const what = { id: "n", name: "Noise", bytes: 96_044, wanted: "device" };
  await page.evaluate(putRecording, what);
  const canMake = await page.evaluate(async () => {
    const config = { codec: "mp4a.40.2", sampleRate: 48_000 };
    const wish = { ...config, numberOfChannels: 2, bitrate: 160_000 };
    return (await AudioEncoder.isConfigSupported(wish)).supported === true;
  });
  await studio.act("Noise", "Download as…");
  const m4a = page.getByRole("button", { name: /^M4A/ });
  const note = canMake ? "Small, for phones" : "This browser cannot make M4A.";
  await m4a.filter({ hasText: note }).waitFor();
  assert.equal(await m4a.isEnabled(), canMake);
});
