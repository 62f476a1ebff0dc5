import assert from "node:assert/strict";
import http from "node:http";
import { test } from "node:test";
import { ServerError } from "../../assets/js/upload/http.js";
import { cleanName, createServer } from "../../assets/js/upload/server.js";

/** @typedef {{status?: number, headers?: Record<string, string>, body?: unknown}} Answer */

/**
 * A server that answers as it is told, and notes what it was asked.
 *
 * @param {import("node:test").TestContext} t
 * @param {(request: string) => Answer} answer
 */
async function serve(t, answer) {
  /** @type {string[]} */
  const asked = [];
  const listener = http.createServer(async (request, response) => {
    let body = "";
    for await (const part of request) {
      body += part;
    }
    const line = `${request.method} ${request.url} ${body}`.trim();
    asked.push(line);
    const { status = 200, headers = {}, body: content = {} } = answer(line);
    response.writeHead(status, headers);
    const text =
      typeof content === "string" ? content : JSON.stringify(content);
    response.end(text);
  });
  await new Promise((resolve) => {
    listener.listen(0, "127.0.0.1", () => resolve(null));
  });
  t.after(() => {
    listener.close();
    listener.closeAllConnections();
  });
  const address = listener.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const base = `http://127.0.0.1:${port}/studio/`;
  return { server: createServer({ base }), asked, base };
}

test("everything is asked for below the app's folder", async (t) => {
  const { server, asked, base } = await serve(t, () => ({}));
  await server.config();
  await server.recordings({ cursor: "a/b" });
  await server.rename("x y", "Größe");
  await server.remove("x");
  await server.upload("x");
  const { at } = await server.uploads();
  assert.ok(Math.abs(at - Date.now()) < 60_000);
  assert.deepEqual(asked, [
    "GET /studio/api/config",
    "GET /studio/recordings?limit=1000&cursor=a%2Fb",
    'PATCH /studio/recording/x%20y {"name":"Größe"}',
    "DELETE /studio/recording/x",
    "DELETE /studio/upload/x",
    "GET /studio/upload/x",
    "GET /studio/uploads?limit=1000",
  ]);
  assert.equal(server.uploadAudioUrl("x"), `${base}upload/x/audio`);
  assert.equal(server.audioUrl("x"), `${base}recording/x/audio`);
});

test("a refusal has the server's code and what it asks for", async (t) => {
  const { server } = await serve(t, () => ({
    status: 503,
    headers: { "Retry-After": "7" },
    body: { status: 503, code: "STORE_BUSY" },
  }));
  await assert.rejects(server.config(), (error) => {
    assert.ok(error instanceof ServerError);
    assert.equal(error.code, "STORE_BUSY");
    assert.equal(error.failure.retryAfterMs, 7000);
    assert.equal(server.isPassing(error), true);
    assert.equal(server.retryAfterMs(error), 7000);
    return true;
  });
});

test("an answer that is not the server's is as good as none", async (t) => {
  const { server } = await serve(t, () => ({ body: "<html>Sign in</html>" }));
  await assert.rejects(server.config(), { code: "NETWORK" });
});

test("no server at all is told as such", async () => {
  const server = createServer({ base: "http://127.0.0.1:9/" });
  await assert.rejects(server.recording("x"), (error) => {
    assert.ok(error instanceof ServerError);
    assert.equal(error.code, "NETWORK");
    assert.equal(server.retryAfterMs(error), 0);
    return true;
  });
  assert.equal(await server.live(), false);
});

test("what is not there is no failure of deleting it", async (t) => {
  for (const status of [404, 410]) {
    const { server } = await serve(t, () => ({ status }));
    await server.remove("x");
    assert.equal(await server.upload("x"), null);
  }
});

test("an upload that is being completed says when to ask again", async (t) => {
  const { server } = await serve(t, () => ({
    status: 202,
    headers: { "Retry-After": "3" },
    body: { status: "completing", progress: 0.4 },
  }));
  assert.deepEqual(await server.complete({}), { completingMs: 3000 });
});

test("what is being completed is not asked about more than once a second", async (t) => {
  for (const pause of ["0", ""]) {
    const headers = { "Retry-After": pause };
    const { server } = await serve(t, () => ({ status: 202, headers }));
    assert.deepEqual(await server.complete({}), { completingMs: 1000 });
  }
});

test("giving up ends a request with the giver's reason", async (t) => {
  const { server } = await serve(t, () => ({}));
  const end = new AbortController();
  const reason = new Error("enough");
  end.abort(reason);
  await assert.rejects(server.config(end.signal), reason);
});

test("names are cut to what the server takes", () => {
  assert.equal(cleanName("  Interview\u0000 \u202eMeyer\n"), "Interview Meyer");
  const long = cleanName("ü".repeat(200));
  assert.equal(long, "ü".repeat(127));
  assert.equal(cleanName("a\ud800b"), "a\ufffdb");
  assert.equal(cleanName("\u200f"), "");
});

test("a server that leads elsewhere asks to sign in, and can be reached", async (t) => {
  const { server } = await serve(t, () => ({
    status: 302,
    headers: { Location: "/sign-in" },
  }));
  await assert.rejects(
    server.config(),
    (error) => error instanceof ServerError && error.failure.status === 401,
  );
  assert.equal(await server.live(), true);
});

test("a server that refuses those who are not signed in can be reached", async (t) => {
  for (const [status, isLive] of /** @type {const} */ ([
    [200, true],
    [401, true],
    [403, true],
    [404, false],
    [503, false],
  ])) {
    const { server } = await serve(t, () => ({ status }));
    assert.equal(await server.live(), isLive, String(status));
  }
});

/**
 * @param {import("../../assets/js/upload/server.js").Server} server
 * @param {AbortSignal} [signal]
 */
async function readAudio(server, signal = new AbortController().signal) {
  let bytes = 0;
  for await (const part of await server.audio("x", signal)) {
    bytes += part.byteLength;
  }
  return bytes;
}

test("a connection lost in the middle of audio is told as no answer", async (t) => {
  const listener = http.createServer((request, response) => {
    response.writeHead(200, { "Content-Length": "1000" });
    response.write("half of it", () => response.destroy());
  });
  await new Promise((resolve) => {
    listener.listen(0, "127.0.0.1", () => resolve(null));
  });
  t.after(() => void listener.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (
    listener.address()
  );
  const server = createServer({ base: `http://127.0.0.1:${port}/` });
  await assert.rejects(readAudio(server), (error) => {
    assert.equal(server.isPassing(error), true);
    assert.ok(error instanceof ServerError);
    return error.code === "NETWORK";
  });
  const end = new AbortController();
  end.abort(new Error("enough"));
  await assert.rejects(readAudio(server, end.signal), /enough/);
});

test("audio that is refused is told in the server's words", async (t) => {
  for (const [status, code] of /** @type {const} */ ([
    [401, "UNAUTHORIZED"],
    [403, "UNAUTHORIZED"],
    [404, "RECORDING_NOT_FOUND"],
  ])) {
    const body = { status, code: "RECORDING_NOT_FOUND" };
    const { server } = await serve(t, () => ({ status, body }));
    await assert.rejects(readAudio(server), { code });
  }
});
