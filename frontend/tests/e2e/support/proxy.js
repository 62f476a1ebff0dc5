/** A line to a server that fails as a test says: what lies between is never good. */
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { waitFor } from "./processes.js";

/**
 * What happens to a request:
 * - `pass`: nothing
 * - `reset`: the line breaks before the server has heard of it
 * - `lost`: the server has done it, and its answer gets lost
 * - `stall`: its body stops half-way for a while, then the line breaks
 * - a number: something on the way answers with that status
 *
 * @typedef {"pass" | "reset" | "lost" | "stall" | 423 | 429 | 500 | 503} Fate
 */

const STALL_MS = 1500;

/** @type {Record<string, string>} by status: what comes along */
const HEADERS = { 429: "1", 503: "1" };

export class Proxy {
  #port;
  #fates;
  #counts = new Map();
  /** @type {Set<import("node:net").Socket>} */
  #sockets = new Set();
  #server = http.createServer((request, response) => {
    void this.#meet(request, response).catch(() => response.destroy());
  });

  /** Whether nothing gets through. */
  isCut = false;

  /** What every request for an upload is answered with, and when to come again.
   * @type {{status: 423 | 429 | 503, seconds: number} | null} */
  refusal = null;

  /** How long a chunk takes on its way, among so many. @type {(chunks: number) => number} */
  delayOf = () => 0;

  /** How many chunks were under way as each set out, itself included. @type {number[]} */
  crowds = [];

  #chunks = 0;

  /** @type {Map<string, Promise<unknown>>} by the beginning of a path */
  #held = new Map();

  /** What has happened, each with the path it happened to. @type {Set<string>} */
  happened = new Set();

  /**
   * @param {number} port of the server
   * @param {Record<string, Fate[]>} fates by the beginning of a path: what its
   *   requests meet, one after the other, over and over
   */
  constructor(port, fates) {
    this.#port = port;
    this.#fates = Object.entries(fates);
  }

  get url() {
    const address = this.#server.address();
    const isOpen = typeof address === "object" && address;
    return `http://localhost:${isOpen ? address.port : 0}/`;
  }

  /** What has come through to the browser: headers, bodies, all. */
  get bytes() {
    return [...this.#sockets].reduce((sum, one) => sum + one.bytesWritten, 0);
  }

  async open() {
    this.#server.on("connection", (socket) => this.#sockets.add(socket));
    await new Promise((resolve) => {
      this.#server.listen(0, "127.0.0.1", () => resolve(null));
    });
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** From now on nothing gets through, nor what is under way. */
  cut() {
    this.isCut = true;
    this.#server.closeAllConnections();
  }

  mend() {
    this.isCut = false;
  }

  /**
   * @param {string} start of a path: its requests wait
   * @returns {() => void} lets them go on
   */
  hold(start) {
    let letGo = () => {};
    const held = new Promise((resolve) => (letGo = () => resolve(undefined)));
    this.#held.set(start, held);
    return letGo;
  }

  /**
   * @param {http.IncomingMessage} request
   * @param {http.ServerResponse} response
   */
  async #meet(request, response) {
    const { url = "" } = request;
    await [...this.#held].find(([start]) => url.startsWith(start))?.[1];
    const isUpload = request.url?.startsWith("/upload/") ?? false;
    if (this.refusal && isUpload && !this.isCut) {
      const { status, seconds } = this.refusal;
      return refuse(request, response, { status, pause: String(seconds) });
    }
    const fate = this.isCut ? "reset" : this.#nextFate(request.url ?? "");
    if (typeof fate === "number") {
      await refuse(request, response, { status: fate, pause: HEADERS[fate] });
    } else if (fate === "reset") {
      request.socket.resetAndDestroy();
    } else if (fate === "stall") {
      setTimeout(() => request.socket.resetAndDestroy(), STALL_MS);
    } else {
      await this.#carry(request, response, fate === "lost");
    }
  }

  /**
   * @param {http.IncomingMessage} request
   * @param {http.ServerResponse} response
   * @param {boolean} isLost
   */
  async #carry(request, response, isLost) {
    const isChunk = request.url?.startsWith("/upload/chunk") ?? false;
    if (!isChunk) {
      return this.#pass(request, response, isLost);
    }
    this.#chunks += 1;
    this.crowds.push(this.#chunks);
    response.once("close", () => (this.#chunks -= 1));
    await sleep(this.delayOf(this.#chunks));
    await this.#pass(request, response, isLost);
  }

  /** @param {string} path @returns {Fate} */
  #nextFate(path) {
    const [start, fates] =
      this.#fates.find(([prefix]) => path.startsWith(prefix)) ?? [];
    if (start === undefined || fates === undefined) {
      return "pass";
    }
    const count = this.#counts.get(start) ?? 0;
    this.#counts.set(start, count + 1);
    const fate = fates[count % fates.length];
    this.happened.add(`${start} ${fate}`);
    return fate;
  }

  /**
   * @param {http.IncomingMessage} request
   * @param {http.ServerResponse} response
   * @param {boolean} isLost
   */
  #pass(request, response, isLost) {
    const { method, url, headers } = request;
    const options = { host: "127.0.0.1", port: this.#port, method, path: url };
    return new Promise((resolve, reject) => {
      const onward = http.request({ ...options, headers }, (answer) => {
        answer.once("end", resolve);
        if (isLost) {
          answer.resume().once("end", () => request.socket.resetAndDestroy());
        } else {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        }
      });
      onward.once("error", reject);
      request.pipe(onward);
      response.once("close", () => onward.destroy());
    });
  }
}

/**
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 * @param {{status: number, pause?: string}} answer
 */
async function refuse(request, response, { status, pause }) {
  request.resume();
  await new Promise((resolve) => request.once("end", resolve));
  response.writeHead(status, pause ? { "Retry-After": pause } : {}).end();
}

/**
 * @param {import("./story.js").Stage} stage
 * @param {import("./server.js").Server} server
 * @param {Record<string, Fate[]>} fates
 * @returns {Promise<Proxy>}
 */
export async function startProxy(stage, server, fates) {
  const proxy = new Proxy(server.port, fates);
  const endNow = () => proxy.close();
  stage.add({
    name: "proxy",
    end: async () => endNow(),
    endNow,
    log: () => "",
  });
  await proxy.open();
  return proxy;
}

/**
 * Waits until everything that a proxy has in store has happened.
 *
 * @param {Proxy} proxy
 * @param {Record<string, Fate[]>} fates
 */
export async function untilAllHappened(proxy, fates) {
  const all = Object.entries(fates).flatMap(([start, list]) =>
    list.map((fate) => `${start} ${fate}`),
  );
  const missing = () => all.filter((one) => !proxy.happened.has(one));
  await waitFor("every fault", () => missing().length === 0, {
    timeoutMs: 60_000,
  }).catch((error) => {
    throw new Error(`${error.message}; missing: ${missing()}`);
  });
}
