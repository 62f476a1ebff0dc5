/**
 * The upload worker: sends what is finished and what is still being recorded.
 *
 * From the page:    {type: "begin", port, lock}
 *                                            first; the port leads to the spool,
 *                                            the lock is held from then on
 *                   {type: "follow", id}     send a running take live
 *                   {type: "start", id}      a person wants it on the server
 * To all pages, on the broadcast channel `waveforge-uploads`:
 *                   {type: "progress", progress}
 * From all pages on it:
 *                   {type: "pause" | "stop", id}, {type: "wake"}
 *
 * @module
 */
import { openDatabase, watchDatabase } from "../library/database.js";
import { createLog } from "../library/log.js";
import { chunkSizeOf } from "../core/chunk-size.js";
import { createBytes } from "./bytes.js";
import { limitOf } from "../core/upload-limit.js";
import { createLine } from "./line.js";
import { Runner } from "./runner.js";
import { createServer } from "./server.js";
import { createSpoolLink } from "./spool-link.js";
import { tickMs } from "./tick.js";
import { createTransport } from "./transport.js";
import { createUploadStore } from "./upload-store.js";
import { UPLOADS_CHANNEL } from "./uploads.js";

/** @typedef {import("./spool-link.js").LiveTake} LiveTake */

/** @param {unknown} error */
function tell(error) {
  queueMicrotask(() => {
    throw error;
  });
}

/**
 * Keeps to the limit that a person sets, on any page.
 *
 * @param {import("./line.js").Line} line
 * @param {import("../library/database.js").Database["preferences"]} preferences
 */
async function heedLimit(line, preferences) {
  const heed = (/** @type {unknown} */ value) => line.setLimit(limitOf(value));
  const { signal } = new AbortController();
  preferences.watch("uploadLimit", heed, { signal });
  heed(await preferences.get("uploadLimit"));
}

/**
 * @param {MessagePort} port to the spool worker
 * @param {BroadcastChannel} channel
 */
async function createUploading(port, channel) {
  const database = await openDatabase();
  const store = createUploadStore(database);
  const log = createLog({ store: database.log, from: "upload" });
  const line = createLine({
    now: () => performance.now(),
    locks: navigator.locks,
  });
  await heedLimit(line, database.preferences);
  const link = createSpoolLink(port, {
    changed: (id, take) => runner.hear(id, take),
    discarded: (id) => runner.discard(id).catch(tell),
  });
  const parts = {
    server: createServer(),
    transport: createTransport(),
    bytes: createBytes(link, database.files),
    line,
    store,
    wishes: {
      chunkSize: async () =>
        chunkSizeOf(await database.preferences.get("chunkSize")),
    },
    newFileId: () => crypto.randomUUID(),
    random: Math.random,
    now: () => Date.now(),
  };
  /** @param {import("../core/types.js").UploadProgress} progress */
  const report = (progress) => {
    channel.postMessage({ type: "progress", progress });
    const { id: take, code, ackBytes: bytes } = progress;
    if (code) {
      log.note("upload", { take, code, bytes });
    }
  };
  const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (
    navigator
  );
  const pulse = { report, tickMs: tickMs(connection) };
  const surroundings = { parts, store, link, ...pulse };
  const runner = new Runner(surroundings, tell);
  return runner;
}

/**
 * @param {Runner} runner
 * @param {BroadcastChannel} channel
 */
function listen(runner, channel) {
  const { signal } = new AbortController();
  channel.addEventListener(
    "message",
    ({ data: { type, id } }) => {
      if (type === "pause") {
        runner.pause(id).catch(tell);
      } else if (type === "stop") {
        runner.stop(id).catch(tell);
      } else if (type === "wake") {
        runner.wake().catch(tell);
      }
    },
    { signal },
  );
  watchDatabase(
    ({ store, id }) => {
      if (store === "recordings" && typeof id === "string") {
        runner.review(id).catch(tell);
      }
    },
    { signal },
  );
  self.addEventListener("online", () => void runner.wake().catch(tell));
}

/** @param {MessagePort} port */
async function begin(port) {
  const channel = new BroadcastChannel(UPLOADS_CHANNEL);
  const runner = await createUploading(port, channel);
  listen(runner, channel);
  await runner.startUnsent();
  return runner;
}

/** @returns {Promise<void>} as long as the worker lives */
const forever = () => new Promise(() => undefined);

/** @type {Promise<Runner> | null} */
let begun = null;

/** @param {MessageEvent} message */
function receive({ data }) {
  if (data.type === "begin") {
    begun = begin(data.port);
    begun.catch(tell);
    navigator.locks?.request(data.lock, forever).catch(tell);
    return;
  }
  begun?.then((runner) => {
    if (data.type === "follow") {
      runner.follow(data.id);
    } else if (data.type === "start") {
      runner.start(data.id, true);
    }
  });
}

self.addEventListener("message", (event) =>
  receive(/** @type {MessageEvent} */ (event)),
);
