import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { stat, truncate, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { probe, sha256 } from "./support/audio.js";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import {
  filesOfTake,
  foldersOfTakes,
  loseDatabase,
  putRecording,
} from "./support/recording.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

const run = promisify(execFile);
const SECONDS = 2.345;

/** @typedef {import("../../assets/js/core/types.js").RecordingRow} RecordingRow */

/**
 * @param {string} file to be made
 * @param {string[]} how ffmpeg makes it of a tone
 * @returns {Promise<string>} the file
 */
async function make(file, how = []) {
  const tone = `sine=frequency=440:duration=${SECONDS}:sample_rate=44100`;
  const from = ["-v", "error", "-f", "lavfi", "-i", tone];
  await run("ffmpeg", [...from, ...how, file]);
  return file;
}

const PICTURE = [
  ...["-f", "lavfi", "-i", `color=size=64x64:rate=10:duration=${SECONDS}`],
  ...["-c:v", "libx264", "-pix_fmt", "yuv420p", "-shortest"],
];

/**
 * @param {Studio} studio in the library
 * @param {string[]} files
 */
async function choose(studio, ...files) {
  const [chooser] = await Promise.all([
    studio.page.waitForEvent("filechooser"),
    studio.button("Import").click(),
  ]);
  await chooser.setFiles(files);
}

/** @param {Studio} studio @param {number} count */
async function waitForRows(studio, count) {
  return waitFor(`${count} recordings`, async () => {
    const rows = await studio.rows();
    return rows.length === count ? rows : null;
  });
}

story("audio files become recordings, byte for byte", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, `${server.url}#library`);
  const folder = await stage.folder();
  const kinds = Object.entries({
    "a.webm": "audio/webm",
    "b.mka": "audio/matroska",
    "c.ogg": "audio/ogg",
    "d.mp3": "audio/mpeg",
    "e.m4a": "audio/mp4",
    "f.wav": "audio/wav",
    "g.flac": "audio/flac",
    "h.aac": "audio/aac",
  });
  const files = [];
  for (const [name] of kinds) {
    const file = await make(path.join(folder, name));
    await utimes(file, new Date(), new Date("2026-05-03T09:15:00Z"));
    files.push(file);
  }
  await choose(studio, ...files);
  const rows = await waitForRows(studio, kinds.length);
  for (const [name, mimeType] of kinds) {
    const plain = name.slice(0, 1);
    const file = path.join(folder, name);
    const row = /** @type {RecordingRow} */ (
      rows.find((one) => one.name === plain)
    );
    const { size } = await stat(file);
    const digest = await sha256(file);
    assert.deepEqual(
      [row.mimeType, row.sizeBytes, row.sha256, row.timestamp],
      [mimeType, size, digest, Date.parse("2026-05-03T09:15:00Z")],
      name,
    );
    assert.equal(await studio.deviceDigest(row.id), digest, name);
    const off = Math.abs(row.durationMs / 1000 - SECONDS);
    assert.ok(off < 0.08, `${name} lasts ${row.durationMs} ms`);
    assert.ok(
      row.peaks?.some((value) => value > 0 && value < 128),
      name,
    );
    await studio.act(plain, "Upload");
  }
  await waitFor("all to be on the server", async () =>
    (await studio.rows()).every(({ uploaded }) => uploaded),
  );
  const stored = await server.metadata();
  for (const [name, mimeType] of kinds) {
    const entry = stored.find((one) => one.name === name.slice(0, 1));
    const digest = await sha256(path.join(folder, name));
    assert.deepEqual([entry?.mime_type, entry?.sha256], [mimeType, digest]);
  }
  await assertFoundAgain(studio, server.url);
});

/**
 * Runs in the page.
 *
 * @param {string} id
 * @returns {Promise<string>} what stands beside the audio of a recording
 */
async function readNote(id) {
  const root = await navigator.storage.getDirectory();
  const takes = await root.getDirectoryHandle("takes");
  const folder = await takes.getDirectoryHandle(id);
  const file = await folder.getFileHandle("recording.json");
  return (await file.getFile()).text();
}

/**
 * Loses the database, of imports and of what an older version has stored.
 *
 * @param {Studio} studio
 * @param {string} url
 */
async function assertFoundAgain(studio, url) {
  const { page } = studio;
  const wanted = /** @type {const} */ ("device");
  const what = { id: "older", name: "Older", bytes: 1004, wanted };
  await page.evaluate(putRecording, what);
  await page.evaluate(async () => {
    const at = new URL("assets/js/library/database.js", document.baseURI);
    const { openDatabase } = await import(at.href);
    // Nor did that version know of notes.
    await (await openDatabase()).preferences.set("notedRecordings", 0);
  });
  await page.reload();
  await waitFor("a note beside it", async () =>
    (await page.evaluate(filesOfTake, "older")).includes("recording.json"),
  );
  await studio.rename("Older", "Renamed since");
  await studio.row("Renamed since").waitFor();
  await waitFor("the note to have the name", async () =>
    (await page.evaluate(readNote, "older")).includes("Renamed since"),
  );
  const before = await studio.rows();
  await page.goto(`${url}assets/app.css`);
  await page.evaluate(loseDatabase);
  await page.goto(`${url}#library`);
  const after = await waitForRows(studio, before.length);
  const told = (/** @type {RecordingRow[]} */ rows) =>
    rows.map(({ id, name, sizeBytes }) => ({ id, name, sizeBytes }));
  assert.deepEqual(told(after), told(before));
}

story("of a film the sound is imported, and that is said", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, `${server.url}#library`);
  const folder = await stage.folder();
  const film = await make(path.join(folder, "Film.mov"), PICTURE);
  await choose(studio, film);
  const text = "“Film.mov” is in the library, its sound alone: M4A.";
  await studio.page.getByText(text).first().waitFor();
  const [row] = await studio.rows();
  assert.deepEqual([row.name, row.mimeType], ["Film", "audio/mp4"]);
  await studio.act("Film", "Upload");
  const entry = await waitFor("it to be on the server", async () => {
    const [only] = await server.metadata();
    return only ?? null;
  });
  const { codec, duration } = await probe(
    path.join(server.store, entry.filename),
  );
  assert.equal(codec, "aac");
  assert.ok(Math.abs(duration - SECONDS) < 0.08, `${duration} s`);
});

story("what is no sound is refused by its name", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, `${server.url}#library`);
  const { page } = studio;
  const folder = await stage.folder();
  const place = (/** @type {string} */ name) => path.join(folder, name);
  await writeFile(place("empty.mp3"), "");
  await writeFile(place("letter.wav"), "Dear Sir or Madam, ".repeat(1000));
  await make(place("whole.m4a"));
  await make(place("cut.m4a"));
  await truncate(place("cut.m4a"), 9000);
  await make(place("silent.mp4"), [...PICTURE, "-map", "1:v"]);
  const names = ["empty.mp3", "letter.wav", "cut.m4a", "silent.mp4"];
  await choose(studio, ...names.map(place), place("whole.m4a"));
  await studio.row("whole").waitFor();
  const reasons = [
    ["empty.mp3", "The file is empty."],
    ["letter.wav", "This is no audio file that can be read here."],
    ["cut.m4a", "The file is damaged, or ends too early."],
    ["silent.mp4", "There is no sound in this file."],
  ].map(([name, reason]) => `“${name}”: ${reason}`);
  const text = ["4 files were not imported.", ...reasons].join(" ");
  await page.getByText(text).first().waitFor();
  const [row, ...others] = await studio.rows();
  assert.deepEqual([row.name, others], ["whole", []]);
  assert.deepEqual(await page.evaluate(foldersOfTakes), [row.id]);
});

/**
 * Runs in the page: drags files over the library, and drops them there.
 *
 * @param {{name: string, bytes: number[], type: "dragover" | "drop"}} what
 */
function drag({ name, bytes, type }) {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([Uint8Array.from(bytes)], name));
  const options = { dataTransfer, bubbles: true, cancelable: true };
  const event = new DragEvent(type, options);
  document.querySelector(".library")?.dispatchEvent(event);
  return event.defaultPrevented;
}

/** @returns {number[]} a second of noise, as a WAV */
function noise() {
  const view = new DataView(new ArrayBuffer(96_044));
  const head = [..."RIFF\0\0\0\0WAVEfmt "].map((c) => c.charCodeAt(0));
  head.forEach((byte, at) => view.setUint8(at, byte));
  const words = [16, 0x10001, 48_000, 96_000, 0x100002, 0x61746164, 96_000];
  words.forEach((word, i) => view.setUint32(16 + 4 * i, word, true));
  view.setUint32(4, 96_036, true);
  for (let at = 44; at < 96_044; at += 2) {
    view.setInt16(at, (at * 7919) % 9973, true);
  }
  return [...new Uint8Array(view.buffer)];
}

story("a file is dropped on the library, twice", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, `${server.url}#library`);
  const { page } = studio;
  const file = { name: "Noise.wav", bytes: noise() };
  const over = { ...file, type: /** @type {const} */ ("dragover") };
  const drop = { ...file, type: /** @type {const} */ ("drop") };
  const zone = page.getByText("Drop audio files here to import them");
  await page.getByRole("heading", { name: "No recordings yet" }).waitFor();
  assert.equal(await zone.isVisible(), false);
  assert.ok(await page.evaluate(drag, over));
  await zone.waitFor();
  assert.ok(await page.evaluate(drag, drop));
  assert.ok(await page.evaluate(drag, drop));
  await zone.waitFor({ state: "hidden" });
  const rows = await waitForRows(studio, 2);
  assert.notEqual(rows[0].id, rows[1].id);
  assert.equal(rows[0].sha256, rows[1].sha256);
  assert.equal(rows[0].durationMs, 1000);

  await studio.goTo("Record");
  assert.ok(await page.evaluate(drag, over));
  assert.equal(await zone.isVisible(), false);
  assert.ok(await page.evaluate(drag, drop));
  await studio.goTo("Library");
  await page.getByText("2 recordings,").waitFor();
  assert.equal((await studio.rows()).length, 2);
});

story("an import that is called off leaves nothing behind", async (stage) => {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  const studio = await Studio.open(chromium, `${server.url}#library`);
  const { page } = studio;
  const folder = await stage.folder();
  const long = path.join(folder, "long.flac");
  const silence = "anullsrc=r=44100:cl=mono:d=7200";
  await run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", silence, long]);
  const other = await make(path.join(folder, "other.flac"));
  await choose(studio, long, other);
  const said = (/** @type {string} */ text) =>
    page.getByText(text).first().waitFor({ state: "attached" });
  await said("2 files are being imported.");
  await page.getByText("“long.flac” is being imported").waitFor();
  await studio.button("Cancel").click();
  await said("The import was given up.");
  const title = page.getByRole("heading", { name: "Library", exact: true });
  await waitFor("the title to have the focus", () =>
    title.evaluate((node) => node === document.activeElement),
  );
  await waitFor("nothing to be left", async () => {
    const folders = await page.evaluate(foldersOfTakes);
    return folders.length === 0 && (await studio.rows()).length === 0;
  });
});
