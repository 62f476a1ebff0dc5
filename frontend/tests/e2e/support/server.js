/** A WaveForge server of the test's own, started as a user starts one. */
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import {
  appendFile,
  chown,
  readFile,
  readdir,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import process from "node:process";
import { isDeepStrictEqual, promisify } from "node:util";
import { fileURLToPath } from "node:url";
import { isAlive, waitFor } from "./processes.js";

const run = promisify(execFile);
const TOP = fileURLToPath(new URL("../../../../", import.meta.url));
const RUN = process.env.WAVEFORGE_RUN ?? path.join(TOP, "scripts/run");

/**
 * @typedef {object} StoredRecording an entry of metadata.json (docs/openapi.yaml)
 * @property {string} id
 * @property {string} filename
 * @property {string} name
 * @property {number} size
 * @property {number} duration seconds; null where the container states none
 * @property {string} sha256
 * @property {string} mime_type
 * @property {string} codec
 */

/** @returns {Promise<number>} a port nobody listens on */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(null));
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

/** @param {number} pid @returns {Promise<number[]>} its children */
async function childrenOf(pid) {
  const file = `/proc/${pid}/task/${pid}/children`;
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split(" ").filter(Boolean).map(Number);
}

/**
 * @param {number} pid
 * @returns {Promise<string>} empty if it has ended, though nobody waited for it
 */
function commandOf(pid) {
  return readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
}

export class Server {
  #prefix;
  #names;

  /**
   * @param {number} port
   * @param {string} store
   * @param {string[]} names that it answers to, besides localhost
   */
  constructor(port, store, names) {
    this.#names = names;
    this.port = port;
    this.store = store;
    this.url = `http://localhost:${port}/`;
    this.#prefix = path.join(TOP, "build/run", String(port));
  }

  /** Starts it, again after stop() too; it answers when this resolves. */
  async start() {
    const args = ["--port", String(this.port), "--store", this.store];
    args.push(...this.#names.flatMap((name) => ["--name", name]));
    await run(RUN, args, { cwd: TOP });
  }

  /** Stops it; its port is free when this resolves. */
  async stop() {
    await run(RUN, ["--stop", "--port", String(this.port)], { cwd: TOP });
  }

  /** Stops it and removes its instance. */
  async end() {
    await this.stop();
    await rm(this.#prefix, { recursive: true, force: true });
  }

  endNow() {
    spawnSync(RUN, ["--stop", "--port", String(this.port)], { cwd: TOP });
    rmSync(this.#prefix, { recursive: true, force: true });
  }

  /** @returns {Promise<number[]>} pids of nginx's workers */
  async workers() {
    const pidFile = path.join(this.#prefix, "logs/nginx.pid");
    return childrenOf(Number(await readFile(pidFile, "utf8")));
  }

  /** Kills all of nginx at once, as a loss of power would; start() again. */
  async kill() {
    const pidFile = path.join(this.#prefix, "logs/nginx.pid");
    const master = Number(await readFile(pidFile, "utf8"));
    const pids = [master, ...(await childrenOf(master))];
    pids.forEach((pid) => process.kill(pid, "SIGKILL"));
    const words = () => Promise.all(pids.map(commandOf));
    await waitFor("nginx to be gone", async () =>
      (await words()).every((word) => word === ""),
    );
  }

  /**
   * Adds to the server's configuration and has nginx read it, as its
   * administrator would; only what comes with a new start would undo it.
   *
   * @param {string} line
   */
  async configure(line) {
    const file = path.join(this.#prefix, "conf/instance/server.conf");
    await appendFile(file, `${line}\n`);
    await this.#reload();
  }

  /**
   * Takes recordings of up to so many bytes from now on, until a new start.
   *
   * @param {number} bytes
   */
  async limitRecordings(bytes) {
    const directive = "waveforge_max_recording_size";
    await this.#rewrite("waveforge.conf", (text) =>
      text.replace(
        new RegExp(`^${directive} .*;`, "m"),
        `${directive} ${bytes};`,
      ),
    );
    await this.#reload();
  }

  /**
   * Limits what changes something as conf/examples/limited.conf does, but to so
   * much, until a new start.
   *
   * @param {string} rate of requests: "12r/m"
   */
  async limitRequests(rate) {
    const name = path.join(TOP, "conf/examples/limited.conf");
    const example = await readFile(name, "utf8");
    const [zones, rest] = example.split(/^server /m);
    const limits = rest.match(/^ +limit_(?:req|conn).*;$/gm) ?? [];
    await this.#rewrite("http.conf", (text) =>
      [text, zones.replace(/rate=\w+\/s/, `rate=${rate}`)].join("\n"),
    );
    await this.configure(limits.join("\n").replace(/ burst=\w+ nodelay/, ""));
  }

  /**
   * @param {string} name of a file that is the same for all instances
   * @param {(text: string) => string} change  for this one
   */
  async #rewrite(name, change) {
    const file = path.join(this.#prefix, "conf", name);
    const text = await readFile(file, "utf8");
    const changed = change(text);
    assert.notEqual(changed, text);
    await rm(file); // a link
    await writeFile(file, changed);
  }

  /** Has nginx read its configuration. */
  async #reload() {
    const before = await this.workers();
    const pidFile = path.join(this.#prefix, "logs/nginx.pid");
    process.kill(Number(await readFile(pidFile, "utf8")), "SIGHUP");
    await this.#replaceWorkers(before);
  }

  /** Kills all workers as a crash would; nginx starts new ones. */
  async killWorkers() {
    const before = await this.workers();
    before.forEach((pid) => process.kill(pid, "SIGKILL"));
    await this.#replaceWorkers(before);
  }

  /** @param {number[]} before pids of those that will be gone */
  async #replaceWorkers(before) {
    await waitFor("nginx to replace its workers", async () => {
      const now = await this.workers();
      const isNew = now.every((pid) => !before.includes(pid) && isAlive(pid));
      return now.length >= before.length && isNew;
    });
  }

  /**
   * @param {string} resource relative to the base: "recordings"
   * @param {RequestInit} [init]
   * @returns {Promise<Response>}
   */
  fetch(resource, init) {
    return fetch(new URL(resource, this.url), init);
  }

  /**
   * On a busy disk the file lags behind the server's answers.
   *
   * @returns {Promise<StoredRecording[]>} what metadata.json says, once that is
   *   what the server lists
   */
  metadata() {
    const file = path.join(this.store, "metadata.json");
    return waitFor("metadata.json to show the list", async () => {
      const { recordings } = await (await this.fetch("recordings")).json();
      const text = await readFile(file, "utf8").catch(() => null);
      const entries = text && JSON.parse(text).recordings;
      return entries && isSame(entries, recordings) && entries;
    });
  }

  /** @returns {Promise<string[]>} names of the recordings' files on disk */
  async files() {
    const names = await readdir(this.store);
    return names.filter((name) => name.startsWith("recording_")).sort();
  }

  /** @returns {Promise<string>} the error log */
  log() {
    const file = path.join(this.#prefix, "logs/error.log");
    return readFile(file, "utf8").catch(() => "");
  }
}

/**
 * @param {StoredRecording[]} one in whatever order
 * @param {StoredRecording[]} other
 */
function isSame(one, other) {
  const byId = (/** @type {StoredRecording[]} */ rows) =>
    Object.fromEntries(rows.map((row) => [row.id, row]));
  return isDeepStrictEqual(byId(one), byId(other));
}

/**
 * Starts a server with an empty store on a free port.
 *
 * @param {import("./story.js").Stage} stage
 * @param {{names?: string[]}} [options] names that it answers to, besides localhost
 * @returns {Promise<Server>}
 */
export async function startServer(stage, { names = [] } = {}) {
  const folder = await stage.folder("store");
  if (process.getuid?.() === 0) {
    // Started by root, the server runs as the owner of the checkout.
    const { uid, gid } = await stat(TOP);
    await chown(folder, uid, gid);
  }
  const store = path.join(folder, "uploaded_data");
  const server = new Server(await freePort(), store, names);
  stage.add({
    name: "nginx error.log",
    end: () => server.end(),
    endNow: () => server.endNow(),
    log: () => server.log(),
  });
  await server.start();
  return server;
}
