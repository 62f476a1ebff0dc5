/**
 * The page's side of the service worker: registers it, and offers a new version
 * when one is ready. It never takes effect under a running take.
 *
 * Once a person wants the new version, the old one is asked for rest, and only
 * then the new one to take over. Chromium ends a worker that is replaced at once,
 * starts it anew for what pages are just loading, keeps that one for minutes, and
 * does not hear the new version being asked for again.
 *
 * @module
 */
import { isRecordingAnywhere } from "./recording-locks.js";

/** Longer than rest.js waits. */
const LONGEST_WAIT_MS = 12_000;
const LOOK_FOR_UPDATES_MS = 60 * 60 * 1000;

/**
 * @param {object} options
 * @param {(apply: () => void) => void} options.onUpdate a new version is ready;
 *   `apply` changes to it once no page records
 * @param {AbortSignal} options.signal
 */
export async function registerOffline({ onUpdate, signal }) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) {
    return;
  }
  reloadOnChange(serviceWorker, signal);
  try {
    const url = new URL("../../../sw.js", import.meta.url);
    const registration = await serviceWorker.register(url, {
      updateViaCache: "none",
    });
    offerUpdates(registration, onUpdate, signal);
    lookForUpdates(registration, signal);
  } catch {
    // Without it the app works as long as there is a network.
  }
}

/**
 * A new version has taken over the page: load it, unless a take is running.
 *
 * @param {ServiceWorkerContainer} container
 * @param {AbortSignal} signal
 */
function reloadOnChange(container, signal) {
  let hadOne = container.controller !== null;
  container.addEventListener(
    "controllerchange",
    async () => {
      const isUpdate = hadOne;
      hadOne = true;
      if (isUpdate && !(await isRecordingAnywhere(navigator.locks))) {
        location.reload();
      }
    },
    { signal },
  );
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @param {(apply: () => void) => void} onUpdate
 * @param {AbortSignal} signal
 */
function offerUpdates(registration, onUpdate, signal) {
  const offer = () => {
    const { waiting, active } = registration;
    if (waiting && active) {
      onUpdate(() => takeOver(active, waiting));
    }
  };
  offer();
  registration.addEventListener(
    "updatefound",
    () =>
      registration.installing?.addEventListener("statechange", offer, {
        signal,
      }),
    { signal },
  );
}

/**
 * Asks the new version to take over, once the old one is at rest. It does so
 * unless a take is running (see sw.js).
 *
 * @param {ServiceWorker} active
 * @param {ServiceWorker} waiting
 */
async function takeOver(active, waiting) {
  await atRest(active);
  waiting.postMessage({ type: "activate" });
}

/**
 * Resolves when pages ask this version for nothing (see rest.js), or when it
 * does not answer: an older one does not know the question.
 *
 * @param {ServiceWorker} active
 * @returns {Promise<void>}
 */
function atRest(active) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const timer = setTimeout(end, LONGEST_WAIT_MS);
    function end() {
      clearTimeout(timer);
      port1.close();
      resolve();
    }
    port1.onmessage = end;
    active.postMessage({ type: "rest" }, [port2]);
  });
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @param {AbortSignal} signal
 */
function lookForUpdates(registration, signal) {
  const look = () => registration.update().catch(() => undefined);
  const timer = setInterval(look, LOOK_FOR_UPDATES_MS);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}
