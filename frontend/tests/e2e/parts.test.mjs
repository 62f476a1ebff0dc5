import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { assertUnbroken } from "./support/assertions.js";
import { decode, sha256 } from "./support/audio.js";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";
import { RATE as STAIRS_RATE, writeStaircase } from "./support/wav.js";

/** @typedef {import("./support/server.js").Server} Server */

/** What a decoder that begins elsewhere may be off, of 1. */
const MOST_DIFFERENCE = 0.001;
const RATE = 48_000;

/**
 * A server that takes recordings of up to so many bytes.
 *
 * @param {import("./support/story.js").Stage} stage
 * @param {number} most
 */
async function startSmall(stage, most) {
  const server = await startServer(stage);
  await server.limitRecordings(most);
  const folder = await stage.folder();
  const microphone = await writeStaircase(path.join(folder, "stairs.wav"));
  return { server, folder, microphone };
}

/**
 * The parts of a recording, verified, in the order they are heard.
 *
 * @param {Server} server
 * @param {Studio} studio
 * @param {string} name
 */
async function readParts(server, studio, name) {
  const [row, ...others] = await studio.rows();
  assert.deepEqual(others, []);
  const parts = row.parts ?? [];
  const entries = await waitFor("the names of the parts", async () => {
    const all = await server.metadata();
    const named = all.filter((entry) => entry.name.startsWith(name));
    return named.length === parts.length && named;
  });
  const files = [];
  for (const [place, { uploaded }] of parts.entries()) {
    const entry = entries.find(({ id }) => id === uploaded?.fileId);
    assert.ok(entry);
    const number = place === 0 ? "" : ` (Part ${place + 1})`;
    assert.equal(entry.name, `${name}${number}`);
    const file = path.join(server.store, entry.filename);
    assert.equal(await sha256(file), uploaded?.sha256);
    files.push({ file, entry });
  }
  return { row, files };
}

/**
 * Runs in the page.
 *
 * @param {string} id
 * @returns {Promise<string>} the device's bytes, in base64
 */
async function readTake(id) {
  const at = new URL("assets/js/library/database.js", document.baseURI);
  const { openDatabase } = await import(at.href);
  const blob = await (await (await openDatabase()).files.stored(id)).blob("");
  const reader = new FileReader();
  await new Promise((resolve) => {
    reader.onload = resolve;
    reader.readAsDataURL(blob);
  });
  return String(reader.result).split(",")[1];
}

/**
 * Asserts that the parts, one after the other, are what the device has.
 *
 * @param {{server: Server, studio: Studio, folder: string, most: number}} place
 * @param {{name: string, isExact?: boolean}} take
 */
async function assertParts(place, { name, isExact = false }) {
  const { server, studio, folder, most } = place;
  const { row, files } = await readParts(server, studio, name);
  assert.ok(files.length > 1, `${files.length} part`);
  const local = path.join(folder, "local");
  const text = await studio.page.evaluate(readTake, row.id);
  await writeFile(local, Buffer.from(text, "base64"));
  const rate = isExact ? STAIRS_RATE : RATE;
  const whole = await decode(local, { rate });
  let at = 0;
  for (const { file, entry } of files) {
    assert.ok(entry.size <= most, `${entry.size} bytes`);
    const part = await decode(file, { rate });
    const allowed = isExact ? 0 : MOST_DIFFERENCE;
    const differ = part.findIndex(
      (value, i) => !(Math.abs(value - whole[at + i]) <= allowed),
    );
    assert.equal(differ, -1, `${entry.name} differs at ${differ}`);
    at += part.length;
  }
  assert.equal(at, whole.length);
  return files.length;
}

story(
  "a take that is too large for the server goes there in parts",
  async (stage) => {
    const most = 80 * 1024;
    const { server, folder, microphone } = await startSmall(stage, most);
    const chromium = await startChromium(stage, { microphone });
    const studio = await Studio.open(chromium, server.url);
    await studio.record();
    await studio.waitForSafety(/on the server to .*, in 3 parts/);
    await studio.stop("Lecture");
    await studio.waitForSafety(/on the server, verified, in \d+ parts/);
    const place = { server, studio, folder, most };
    const count = await assertParts(place, { name: "Lecture" });
    const [{ id }] = await studio.rows();
    await assertUnbroken(studio, id, path.join(folder, "local"));

    await studio.goTo("Library");
    const badge = `On server, in ${count} parts`;
    await studio.row("Lecture").getByText(badge).waitFor();
    const names = studio.page.getByRole("heading", { name: /^Lecture/ });
    assert.equal(await names.count(), 1);
    await studio.act("Lecture", "Receipt");
    const copies = `Here, and on the server in ${count} verified parts`;
    await studio.page.getByText(copies).waitFor();
    await studio.page.getByRole("dialog").getByText("Close").click();
    await studio.act("Lecture", "Remove from this device");
    await studio.row("Lecture (Part 2)").waitFor();

    const { page } = studio;
    await studio.goTo("Record");
    await page.getByLabel("Goes to").selectOption("This device only");
    const format = page.getByRole("combobox", { name: "Format" });
    await format.selectOption("Lossless (WAV)");
    await studio.button("New take").click();
    await studio.button("Record").click();
    await studio.recordUntil(1.2);
    await studio.stop("Exact");
    await studio.goTo("Library");
    await studio.act("Exact", "Upload");
    await studio
      .row("Exact")
      .getByText(/On server, in \d+ parts/)
      .waitFor();
    await assertParts(place, { name: "Exact", isExact: true });
  },
);

story(
  "a take goes on though the server takes less meanwhile",
  async (stage) => {
    const server = await startServer(stage);
    const folder = await stage.folder();
    const microphone = await writeStaircase(path.join(folder, "stairs.wav"));
    const chromium = await startChromium(stage, { microphone });
    /** @type {Set<number>} */
    const answers = new Set();
    chromium.context.on("response", (response) => {
      if (response.url().includes("/upload/chunk")) {
        answers.add(response.status());
      }
    });
    const studio = await Studio.open(chromium, server.url);
    await studio.record();
    await studio.waitForSafety(/on the server to 0:0[1-9]/);
    const most = 60 * 1024;
    await server.limitRecordings(most);
    await waitFor("a refusal", () => answers.has(413));
    await studio.waitForSafety(/on the server to .*, in \d+ parts/);
    await studio.stop("Shrunk");
    await studio.waitForSafety(/on the server, verified, in \d+ parts/);
    const place = { server, studio, folder, most };
    await assertParts(place, { name: "Shrunk" });
    const [{ id }] = await studio.rows();
    await assertUnbroken(studio, id, path.join(folder, "local"));
  },
);

story(
  "a take in parts goes on after a SIGKILL, to its last second",
  async (stage) => {
    const most = 80 * 1024;
    const { server, folder, microphone } = await startSmall(stage, most);
    const first = await startChromium(stage, { microphone });
    const before = await Studio.open(first, server.url);
    await before.record();
    await before.waitForSafety(/on the server to .*, in 2 parts/);
    await before.recordUntil((await before.seconds()) + 1);
    await first.crash();

    const { profile } = first;
    const chromium = await startChromium(stage, { microphone, profile });
    const studio = await Studio.open(chromium, `${server.url}#library`);
    const row = studio.page.getByRole("listitem").filter({
      hasText: "Interrupted",
    });
    const name = await row.getByRole("heading").innerText();
    await studio.act(name, "Keep");
    await studio
      .row(name)
      .getByText(/On server, in \d+ parts/)
      .waitFor();
    await assertParts({ server, studio, folder, most }, { name });
  },
);
