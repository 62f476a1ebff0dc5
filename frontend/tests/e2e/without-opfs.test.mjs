import assert from "node:assert/strict";
import path from "node:path";
import {
  assertAudio,
  assertKept,
  assertUnbroken,
} from "./support/assertions.js";
import { probe } from "./support/audio.js";
import { startChromium } from "./support/chromium.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio, secondsIn } from "./support/studio.js";
import { writeStaircase } from "./support/wav.js";

/** Takes OPFS away from pages and workers. */
const FLAGS = ["--disable-blink-features=FileSystemAccessOriginPrivate"];

/**
 * Runs in the page.
 *
 * @returns {Promise<{hasOpfs: boolean, names: string[]}>} names of the files of
 *   all takes in the database
 */
async function look() {
  const at = new URL("assets/js/library/database.js", document.baseURI);
  const { openDatabase } = await import(at.href);
  const { recordings, pages } = await openDatabase();
  const rows = await recordings.list();
  const names = await Promise.all(
    rows.map((/** @type {{id: string}} */ { id }) => pages.names(id)),
  );
  const hasOpfs = typeof navigator.storage.getDirectory === "function";
  return { hasOpfs, names: names.flat() };
}

story("without OPFS a take survives a SIGKILL just as well", async (stage) => {
  const server = await startServer(stage);
  const folder = await stage.folder();
  const microphone = await writeStaircase(path.join(folder, "stairs.wav"));
  const options = { microphone, flags: FLAGS };
  const first = await startChromium(stage, options);
  const before = await Studio.open(first, server.url);
  await before.record();
  await before.waitForSafety(/this device to 0:0[3-9]/);
  const promised = secondsIn(await before.safety());
  await first.crash();

  const again = { ...options, profile: first.profile };
  const second = await startChromium(stage, again);
  const studio = await Studio.open(second, server.url);
  const { hasOpfs, names } = await studio.page.evaluate(look);
  assert.equal(hasOpfs, false);
  assert.ok(names.includes("audio.webm"), `in the database: ${names}`);
  assert.ok(names.some((name) => name.startsWith("pcm.")));
  await studio.goTo("Library");
  const row = studio.page.getByRole("listitem").filter({
    hasText: "Interrupted",
  });
  const name = await row.getByRole("heading").innerText();
  await studio.act(name, "Keep");
  await studio.row(name).getByText("On server").waitFor();
  const { file, entry } = await assertKept(server, studio, name);
  const { duration } = await probe(file);
  assert.ok(promised >= 3, `safe: ${promised} s`);
  assert.ok(duration >= promised, `${duration} s, promised: ${promised} s`);
  await assertAudio(file, duration, 0);
  await assertUnbroken(studio, entry.id, file);
});
