import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { startChromium } from "./support/chromium.js";
import { serveFolder } from "./support/folder-server.js";
import { startServer } from "./support/server.js";
import { story } from "./support/story.js";

/** @typedef {import("playwright-core").Page} Page */

const BYTES = 300_000;

/** @returns {Buffer} noise that begins as a WAV does */
function makeWav() {
  const wav = randomBytes(BYTES);
  wav.write("RIFF", 0, "latin1");
  wav.write("WAVE", 8, "latin1");
  return wav;
}

/**
 * Runs in the page: sends the bytes as a chunk, completes the upload, and asks
 * for the audio.
 *
 * @param {{server: string, text: string, digest: string}} take in base64
 * @returns {Promise<string>} what the page was allowed to read, or the error
 */
async function upload({ server, text, digest }) {
  /** @param {string} path @param {RequestInit} [init] */
  const ask = async (path, init) => {
    const answer = await fetch(new URL(path, server), init);
    return answer.ok ? answer : Promise.reject(await answer.text());
  };
  try {
    const bytes = Uint8Array.from(atob(text), (word) => word.charCodeAt(0));
    await ask("upload/chunk?file_id=visitor&chunk_index=0&total_chunks=1", {
      method: "POST",
      headers: {
        "Content-Type": "audio/wav",
        "Content-Digest": `sha-256=:${digest}:`,
      },
      body: bytes,
    });
    await ask("recording/complete", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ file_id: "visitor", file_name: "Visitor" }),
    });
    const audio = await ask("recording/visitor/audio");
    return `${(await audio.arrayBuffer()).byteLength} bytes came back`;
  } catch (error) {
    return String(error);
  }
}

/**
 * A server, and a page of another site: another host, so not even cookies of
 * the one are the other's.
 *
 * @param {import("./support/story.js").Stage} stage
 */
async function openStage(stage) {
  const server = await startServer(stage);
  const site = await serveFolder(stage, ".", "/", (_, response) => {
    response.writeHead(200, { "Content-Type": "text/html" });
    response.end("<!doctype html><title>Another site</title>");
    return true;
  });
  const origin = new URL(site.url.replace("localhost", "127.0.0.1")).origin;
  const chromium = await startChromium(stage);
  const wav = makeWav();
  const take = {
    server: server.url,
    text: wav.toString("base64"),
    digest: createHash("sha256").update(wav).digest("base64"),
  };
  const page = await chromium.open(`${origin}/`);
  return { server, origin, page, take };
}

story("a page of a site that is let in uploads a take", async (stage) => {
  const { server, origin, page, take } = await openStage(stage);
  await server.configure(`waveforge_cors ${origin};`);

  const told = await page.evaluate(upload, take);

  assert.equal(told, `${BYTES} bytes came back`);
  const [recording] = await server.metadata();
  assert.equal(recording.name, "Visitor");
  const digest = Buffer.from(take.digest, "base64").toString("hex");
  assert.equal(recording.sha256, digest);
});

story("a page of another site uploads nothing", async (stage) => {
  const { server, page, take } = await openStage(stage);
  await server.configure("waveforge_cors http://studio.example;");

  const told = await page.evaluate(upload, take);

  assert.match(told, /Failed to fetch/);
  const uploads = await (await server.fetch("uploads")).json();
  assert.equal(uploads.total, 0);
  assert.deepEqual(await server.metadata(), []);
});
