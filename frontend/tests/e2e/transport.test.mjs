import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { startChromium } from "./support/chromium.js";
import { serveFolder } from "./support/folder-server.js";
import { waitFor } from "./support/processes.js";
import { story } from "./support/story.js";

/** @typedef {import("node:http").IncomingMessage} IncomingMessage */
/** @typedef {import("node:http").ServerResponse} ServerResponse */

const FRONTEND = fileURLToPath(new URL("../../", import.meta.url));
const SILENCE_MS = 1500;

/**
 * Runs in the page: sends one chunk.
 *
 * @param {{bytes: number, silenceMs: number, endAfterMs?: number}} options
 * @returns {Promise<string>} "accepted", or why not
 */
async function sendChunk({ bytes, silenceMs, endAfterMs }) {
  const module = new URL("assets/js/upload/transport.js", document.baseURI);
  const { createTransport } = await import(module.href);
  const signal = endAfterMs
    ? AbortSignal.timeout(endAfterMs)
    : new AbortController().signal;
  const chunk = {
    index: 0,
    from: 0,
    to: bytes,
    total: 1,
    chunkSize: null,
    provisional: false,
  };
  const name = "Größe\u202e";
  const content = new Uint8Array(bytes).fill(7).buffer;
  const request = { fileId: "a", chunk, bytes: content, name, signal };
  try {
    await createTransport({ silenceMs }).send(request);
    return "accepted";
  } catch (error) {
    const { code, name: kind } = /** @type {any} */ (error);
    return typeof code === "string" ? code : kind;
  }
}

/** @param {IncomingMessage} request @returns {Promise<Buffer>} its body */
async function bodyOf(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * A page, and a server whose answer to a chunk is the test's.
 *
 * @param {import("./support/story.js").Stage} stage
 */
async function openStage(stage) {
  /** @type {{answer: (request: IncomingMessage, response: ServerResponse) => void}} */
  const upload = { answer: (_, response) => response.end() };
  const server = await serveFolder(
    stage,
    FRONTEND,
    "/",
    (request, response) => {
      const isChunk = request.url?.startsWith("/upload/chunk") ?? false;
      if (isChunk) {
        upload.answer(request, response);
      }
      return isChunk;
    },
  );
  const chromium = await startChromium(stage);
  const page = await chromium.open(`${server.url}favicon.svg`);
  await page.goto(server.url);
  /** @param {Parameters<typeof sendChunk>[0]} options */
  const send = (options) => page.evaluate(sendChunk, options);
  return { upload, send };
}

story(
  "a chunk goes with its digest, and counts when the server says so",
  async (stage) => {
    const { upload, send } = await openStage(stage);
    const options = { bytes: 100_000, silenceMs: SILENCE_MS };
    upload.answer = async (request, response) => {
      const body = await bodyOf(request);
      const digest = createHash("sha256").update(body).digest("base64");
      assert.equal(request.headers["content-digest"], `sha-256=:${digest}:`);
      const { searchParams } = new URL(request.url ?? "", "http://localhost");
      assert.deepEqual(Object.fromEntries(searchParams), {
        file_id: "a",
        chunk_index: "0",
        total_chunks: "1",
        file_name: "Größe",
      });
      response.end('{"status":"chunk_received"}');
    };
    assert.equal(await send(options), "accepted");

    for (const [status, body, outcome] of /** @type {const} */ ([
      [200, '{"status":"chunk_already_exists"}', "accepted"],
      [200, "<html>Sign in to the hotel</html>", "NETWORK"],
      [200, "", "NETWORK"],
      [409, '{"code":"CHUNK_CONFLICT"}', "CHUNK_CONFLICT"],
      [502, "<html>Bad gateway</html>", "SERVER_ERROR"],
    ])) {
      upload.answer = async (request, response) => {
        await bodyOf(request);
        response.writeHead(status).end(body);
      };
      assert.equal(await send(options), outcome, body);
    }
  },
);

story("silence ends a request, a slow line does not", async (stage) => {
  const { upload, send } = await openStage(stage);
  upload.answer = () => undefined;
  assert.equal(await send({ bytes: 1000, silenceMs: SILENCE_MS }), "NETWORK");

  let isClosed = false;
  upload.answer = (request) => {
    request.once("close", () => (isClosed = true));
  };
  const options = { bytes: 1000, silenceMs: 60_000, endAfterMs: 500 };
  assert.equal(await send(options), "TimeoutError");
  await waitFor("the request to be given up", () => isClosed);

  // 8 MB a second: three times as long as silence may last.
  upload.answer = async (request, response) => {
    for await (const part of request) {
      await new Promise((resolve) => setTimeout(resolve, part.length / 8000));
    }
    response.end('{"status":"chunk_received"}');
  };
  const bytes = 32 * 1024 * 1024;
  assert.equal(await send({ bytes, silenceMs: SILENCE_MS }), "accepted");
});
