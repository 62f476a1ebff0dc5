/** A minute of a take beside an upload and a long library: what the page's own thread does. */
import { setTimeout as sleep } from "node:timers/promises";
import { startChromium } from "../../frontend/tests/e2e/support/chromium.js";
import { putRecording } from "../../frontend/tests/e2e/support/recording.js";
import { startServer } from "../../frontend/tests/e2e/support/server.js";
import { Studio } from "../../frontend/tests/e2e/support/studio.js";
import { mainThread, rendererOf } from "./processes.mjs";
import { startTrace } from "./tasks.mjs";

/** @typedef {import("../../frontend/tests/e2e/support/story.js").Stage} Stage */

/** A machine that is busy with other things lets a page wait. */
const PATIENT_MS = 300_000;

const ROWS = 10_000;
const KILOBYTES_PER_SECOND = 1000;

/**
 * Half of the time the Record view is seen, half of it the library, scrolled.
 *
 * @param {Stage} stage
 * @param {number} seconds
 */
export async function watchPage(stage, seconds) {
  const server = await startServer(stage);
  const chromium = await startChromium(stage);
  chromium.context.setDefaultTimeout(PATIENT_MS);
  const studio = await Studio.open(chromium, server.url);
  const { page } = studio;
  await page.evaluate(fillLibrary, ROWS);
  await page.reload();
  await limitUploads(studio);
  const bytes = 1.5 * seconds * KILOBYTES_PER_SECOND * 1000;
  const lecture = { id: "lecture", name: "Lecture", bytes };
  await page.evaluate(putRecording, lecture);
  await studio.goTo("Record");
  await studio.record();
  const pid = await rendererOf(chromium, page);
  const trace = await startTrace(chromium, pid);
  const before = { ...(await mainThread(pid)), at: Date.now() };
  await sleep(seconds * 500);
  await browse(studio, seconds / 2);
  const after = await mainThread(pid);
  const passed = Date.now() - before.at;
  const tasks = await trace.end();
  await studio.goTo("Record");
  await studio.stop();
  const rows = await studio.rows();
  const take = rows.find(({ id }) => id !== lecture.id && !id.startsWith("row-"));
  const busy = (after.ranMs - before.ranMs) / passed;
  const waited = (after.waitedMs - before.waitedMs) / passed;
  return { busy, waited, tasks, take };
}

/** @param {Studio} studio */
async function limitUploads(studio) {
  await studio.goTo("Library");
  const field = studio.page.getByRole("spinbutton", { name: "Upload limit" });
  await field.fill(String(KILOBYTES_PER_SECOND));
  await field.press("Enter");
}

/**
 * @param {Studio} studio
 * @param {number} seconds
 */
async function browse(studio, seconds) {
  await studio.goTo("Library");
  await studio.page.mouse.move(400, 500);
  for (let second = 0; second < seconds; second++) {
    await studio.page.mouse.wheel(0, 700);
    await sleep(1000);
  }
}

/**
 * Runs in the page: recordings that are on the device, as far as its database goes.
 *
 * @param {number} count
 */
function fillLibrary(count) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("waveforge");
    opening.onerror = reject;
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction("recordings", "readwrite");
      for (let i = 0; i < count; i++) {
        transaction.objectStore("recordings").put({
          id: `row-${i}`,
          name: `Recording ${i}`,
          timestamp: Date.UTC(2026, 0, 1) + 3_600_000 * i,
          durationMs: 1000 * (i % 5000),
          sizeBytes: 12_000 * (i % 5000),
          mimeType: "audio/webm",
          sha256: "00".repeat(32),
          peaks: crypto.getRandomValues(new Uint8Array(2000)),
          place: "device",
          state: "finished",
          uploaded: null,
          wanted: "device",
          gaps: 0,
          granted: null,
        });
      }
      transaction.onerror = reject;
      transaction.oncomplete = () => {
        database.close();
        resolve(null);
      };
    };
  });
}
