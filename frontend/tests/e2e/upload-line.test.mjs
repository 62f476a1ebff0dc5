import assert from "node:assert/strict";
import { startChromium } from "./support/chromium.js";
import { waitFor } from "./support/processes.js";
import { startProxy } from "./support/proxy.js";
import { putRecording } from "./support/recording.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";
import { Studio } from "./support/studio.js";

const KIB = 1024;

/** @param {Studio} studio @param {string} kilobytes a second; empty: no limit */
async function limitUploads(studio, kilobytes) {
  const field = studio.page.getByRole("spinbutton", { name: "Upload limit" });
  await field.fill(kilobytes);
  await field.press("Enter");
}

story(
  "an upload makes as many requests as the line carries best",
  async (stage) => {
    const server = await startServer(stage);
    await server.configure("waveforge_chunk_size 4k;");
    const proxy = await startProxy(stage, server, {});
    const chromium = await startChromium(stage);
    const studio = await Studio.open(chromium, `${proxy.url}#library`);

    // A long line: each request takes its time, however many there are.
    proxy.delayOf = () => 150;
    const what = { id: "lecture", name: "Lecture", bytes: 2000 * 4 * KIB };
    await studio.page.evaluate(putRecording, what);
    await waitFor("a third request", () => proxy.crowds.includes(3));

    // One where they hinder each other.
    proxy.delayOf = (chunks) => 100 * chunks ** 2;
    await waitFor(
      "one request at a time",
      () => proxy.crowds.slice(-6).every((crowd) => crowd === 1),
      { timeoutMs: 90_000 },
    );
    assert.ok(Math.max(...proxy.crowds) <= 3, String(proxy.crowds));
  },
);

story(
  "uploads keep to a limit, and a take that needs more says so",
  async (stage) => {
    const server = await startServer(stage);
    const proxy = await startProxy(stage, server, {});
    const chromium = await startChromium(stage);
    const studio = await Studio.open(chromium, `${proxy.url}#library`);
    await limitUploads(studio, "100");
    /** @type {(string | null)[]} */
    const sizes = [];
    chromium.context.on("request", (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname.endsWith("/upload/chunk")) {
        sizes.push(searchParams.get("chunk_size"));
      }
    });
    for (const name of ["Lecture", "Other"]) {
      const what = { id: name, name, bytes: 500 * KIB };
      await studio.page.evaluate(putRecording, what);
    }
    await waitFor("a few chunks", () => sizes.length >= 3);
    assert.deepEqual(new Set(sizes), new Set([String(200 * KIB)]));
    assert.deepEqual(new Set(proxy.crowds), new Set([1]));

    await limitUploads(studio, "1");
    await studio.goTo("Record");
    await studio.record();
    await studio.waitForSafety(
      /on the server to .*slowed down by the upload limit/,
    );
    await studio.goTo("Library");
    await limitUploads(studio, "");
    await studio.goTo("Record");
    await studio.waitForSafety(/on the server to 0:[\d]+$/);
    await studio.stop("Meyer");
    await studio.waitForSafety(/on the server, verified/);
  },
);
