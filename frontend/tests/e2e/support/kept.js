/**
 * The app that is kept for the time without a server. Keeping it is half of the
 * work of a first visit, and it goes on beside whatever a story does there: so it
 * begins only once a story asks for it.
 */
import { PATIENCE_MS } from "./processes.js";

/** Runs in a page before its scripts. */
export function keepLater() {
  const { serviceWorker } = navigator;
  if (serviceWorker) {
    const register = serviceWorker.register.bind(serviceWorker);
    const asked = new Promise((resolve) => {
      Object.assign(globalThis, { keepNow: resolve });
    });
    serviceWorker.register = async (...args) => {
      await asked;
      return register(...args);
    };
  }
}

/**
 * Resolves when the app is kept for the time without a server.
 *
 * @param {{page: import("playwright-core").Page}} studio
 */
export async function whenKept({ page }) {
  const isKept = await page.evaluate((wait) => {
    /** @type {any} */ (globalThis).keepNow?.();
    return Promise.race([
      navigator.serviceWorker.ready.then(() => true),
      new Promise((resolve) => setTimeout(resolve, wait, false)),
    ]);
  }, PATIENCE_MS);
  if (!isKept) {
    throw new Error(
      "The service worker did not start: is its list that of the files? " +
        "(frontend/tools/sw-list.mjs --check)",
    );
  }
}
