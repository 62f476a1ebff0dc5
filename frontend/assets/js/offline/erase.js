/**
 * Removes the app's own files from this device, and the service worker with them:
 * the next page comes from the server, as the first one did.
 *
 * @module
 */

/**
 * @param {object} device
 * @param {CacheStorage | undefined} device.caches none: not a secure context
 * @param {ServiceWorkerContainer | undefined} device.serviceWorker
 */
export async function eraseOffline({ caches, serviceWorker }) {
  const scope = new URL("../../../", import.meta.url).href;
  const registration = await serviceWorker?.getRegistration(scope);
  await registration?.unregister();
  const names = (await caches?.keys()) ?? [];
  const own = names.filter((name) => name.startsWith(`waveforge ${scope} `));
  await Promise.all(own.map((name) => caches?.delete(name)));
}
