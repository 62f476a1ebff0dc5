/**
 * Resolves when the app is kept for the time without a server.
 *
 * @param {import("./studio.js").Studio} studio
 */
export async function whenKept({ page }) {
  const isKept = await page.evaluate(() =>
    Promise.race([
      navigator.serviceWorker.ready.then(() => true),
      new Promise((resolve) => setTimeout(resolve, 30_000, false)),
    ]),
  );
  if (!isKept) {
    throw new Error(
      "The service worker did not start: is its list that of the files? " +
        "(frontend/tools/sw-list.mjs --check)",
    );
  }
}
