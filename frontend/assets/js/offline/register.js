/**
 * The page's side of the service worker: registers it, and offers a new version
 * when one is ready. It never takes effect under a running take.
 *
 * @module
 */
import { isRecordingAnywhere } from "./recording-locks.js";

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
      type: "module",
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
      onUpdate(() => waiting.postMessage({ type: "activate" }));
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
 * @param {ServiceWorkerRegistration} registration
 * @param {AbortSignal} signal
 */
function lookForUpdates(registration, signal) {
  const look = () => registration.update().catch(() => undefined);
  const timer = setInterval(look, LOOK_FOR_UPDATES_MS);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}
