/**
 * The service worker: the app starts without a network. It keeps the files of
 * one version, all or none (see shelf.js), and stays out of the way of all else.
 *
 * A new version waits until no page of the old one is left, or until a page asks
 * for it and none records; before that the page asks the old one for rest.
 *
 * What the browser runs is ../../../sw.js, into which tools/sw-list.mjs puts this
 * and all it imports, below the list of the app's files (list.d.ts): browsers
 * fetch a service worker that is a module without cookies, and where those are
 * asked for it would never start.
 *
 * @module
 */
import { isRecordingAnywhere } from "./recording-locks.js";
import { createRest } from "./rest.js";
import { createShelf } from "./shelf.js";

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
const rest = createRest({ now: () => performance.now() });
const { signal } = new AbortController();

async function becomeActive() {
  await shelf.tidy();
  await worker.clients.claim();
}

/** @param {MessagePort} port  where to say that nothing is being asked for */
async function sayWhenAtRest(port) {
  await rest.wait();
  port.postMessage(null);
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
      event.waitUntil(sayWhenAtRest(event.ports[0]));
    } else if (event.data?.type === "version") {
      event.ports[0].postMessage(VERSION);
    }
  },
  { signal },
);
worker.addEventListener(
  "fetch",
  (event) => {
    rest.note();
    const answer = shelf.answer(event.request);
    if (answer) {
      event.respondWith(answer);
    }
  },
  { signal },
);
