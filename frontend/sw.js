// version 26f4176cd7b3cda1
/**
 * The service worker: the app starts without a network. It keeps the files of
 * one version, all or none (see shelf.js), and stays out of the way of all else.
 *
 * A new version waits until no page of the old one is left, or until a page asks
 * for it and none records.
 *
 * @module
 */
import { FILES, VERSION } from "./assets/js/offline/files.js";
import { isRecordingAnywhere } from "./assets/js/offline/recording-locks.js";
import { createShelf } from "./assets/js/offline/shelf.js";

const worker = /** @type {ServiceWorkerGlobalScope} */ (
  /** @type {unknown} */ (self)
);
const shelf = createShelf({
  files: FILES,
  version: VERSION,
  scope: worker.registration.scope,
  caches: worker.caches,
  fetch: worker.fetch.bind(worker),
});
const { signal } = new AbortController();

const REST_MS = 1000;
let lastFetchAt = Date.now();

async function becomeActive() {
  await shelf.tidy();
  await worker.clients.claim();
}

/** Resolves once nothing has been asked for a while. */
async function rest() {
  while (Date.now() < lastFetchAt + REST_MS) {
    await new Promise((resolve) => setTimeout(resolve, REST_MS / 10));
  }
}

async function takeOver() {
  if (!(await isRecordingAnywhere(worker.navigator.locks))) {
    await worker.skipWaiting();
  }
}

worker.addEventListener("install", (event) => event.waitUntil(shelf.fill()), {
  signal,
});
worker.addEventListener(
  "activate",
  (event) => event.waitUntil(becomeActive()),
  { signal },
);
worker.addEventListener(
  "message",
  (event) => {
    if (event.data?.type === "activate") {
      event.waitUntil(takeOver());
    } else if (event.data?.type === "rest") {
      event.waitUntil(rest().then(() => event.ports[0].postMessage(null)));
    }
  },
  { signal },
);
worker.addEventListener(
  "fetch",
  (event) => {
    lastFetchAt = Date.now();
    const answer = shelf.answer(event.request);
    if (answer) {
      event.respondWith(answer);
    }
  },
  { signal },
);
