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
const PATIENCE_MS = 600_000;
const SLOW_LINE = 40_000;
const LONG = { timeoutMs: 120_000 };

/**
 * What a page does while it sends.
 *
 * @typedef {object} Sending
 * @property {AbortController} abort
 * @property {number} restarts how often silence has begun anew
 * @property {(ms: number) => void} pass lets time go by, of which there is
 *   none else
 */

/**
 * Runs in the page: time, as far as silence is concerned, is `sending.pass`.
 *
 * @param {number} silenceMs
 */
function stopTime(silenceMs) {
  /** @type {Map<number, {run: () => void, at: number}>} */
  const timers = new Map();
  const [set, clear] = [globalThis.setTimeout, globalThis.clearTimeout];
  let now = 0;
  /** @type {Sending} */
  const sending = {
    abort: new AbortController(),
    restarts: 0,
    pass(ms) {
      now += ms;
      for (const { run, at } of timers.values()) {
        if (at <= now) {
          run();
        }
      }
    },
  };
  Object.assign(globalThis, {
    sending,
    setTimeout: (/** @type {() => void} */ run, /** @type {number} */ ms) => {
      if (ms !== silenceMs) {
        return set(run, ms);
      }
      sending.restarts += 1;
      timers.set(-sending.restarts, { run, at: now + ms });
      return -sending.restarts;
    },
    clearTimeout: (/** @type {number} */ timer) =>
      timers.delete(timer) || clear(timer),
  });
}

/**
 * Runs in the page: sends one chunk.
 *
 * @param {{bytes: number, silenceMs: number}} options
 * @returns {Promise<string>} "accepted", or why not
 */
async function sendChunk({ bytes, silenceMs }) {
  const module = new URL("assets/js/upload/transport.js", document.baseURI);
  const { createTransport } = await import(module.href);
  const { sending } = /** @type {{sending?: Sending}} */ (globalThis);
  const signal = (sending?.abort ?? new AbortController()).signal;
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
  const devtools = await chromium.context.newCDPSession(page);
  /** @param {number} uploadThroughput bytes a second; -1: as it is */
  const setLine = async (uploadThroughput) => {
    const others = { offline: false, latency: 0, downloadThroughput: -1 };
    const conditions = { ...others, uploadThroughput };
    await devtools.send("Network.emulateNetworkConditions", conditions);
  };
  return { upload, page, send, setLine };
}

story(
  "a chunk goes with its digest, and counts when the server says so",
  async (stage) => {
    const { upload, send } = await openStage(stage);
    const options = { bytes: 100_000, silenceMs: PATIENCE_MS };
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

story("silence ends a request, and so does who sends it", async (stage) => {
  const { upload, page, send } = await openStage(stage);
  upload.answer = () => undefined;
  assert.equal(await send({ bytes: 1000, silenceMs: SILENCE_MS }), "NETWORK");

  let [hasCome, isClosed] = [false, false];
  upload.answer = (request) => {
    hasCome = true;
    request.once("close", () => (isClosed = true));
  };
  await page.evaluate(stopTime, PATIENCE_MS);
  const sent = send({ bytes: 1000, silenceMs: PATIENCE_MS });
  await waitFor("the request to come", () => hasCome);
  await page.evaluate(() => {
    const { sending } = /** @type {{sending?: Sending}} */ (globalThis);
    sending?.abort.abort();
  });
  assert.equal(await sent, "AbortError");
  await waitFor("the request to be given up", () => isClosed);
});

story("a slow line does not end a request", async (stage) => {
  const { upload, page, send, setLine } = await openStage(stage);
  upload.answer = async (request, response) => {
    await bodyOf(request);
    response.end('{"status":"chunk_received"}');
  };
  const restarts = () =>
    page.evaluate(() => {
      const { sending } = /** @type {{sending?: Sending}} */ (globalThis);
      return sending?.restarts ?? 0;
    });
  /** @param {number} silenceMs */
  const pass = (silenceMs) =>
    page.evaluate((ms) => {
      const { sending } = /** @type {{sending?: Sending}} */ (globalThis);
      sending?.pass(ms);
    }, silenceMs);

  await setLine(SLOW_LINE);
  await page.evaluate(stopTime, SILENCE_MS);
  const sent = send({ bytes: 100 * SLOW_LINE, silenceMs: SILENCE_MS });
  for (let step = 0; step < 4; step++) {
    const before = await restarts();
    await waitFor(
      "progress to be heard of",
      async () => (await restarts()) > before,
      LONG,
    );
    await pass(SILENCE_MS - 1);
  }
  await setLine(-1);
  assert.equal(await sent, "accepted");

  upload.answer = () => undefined;
  let end = "";
  void send({ bytes: 1, silenceMs: SILENCE_MS }).then((said) => (end = said));
  await waitFor("silence to end a request", async () => {
    await pass(SILENCE_MS);
    return end !== "";
  });
  assert.equal(end, "NETWORK");
});
