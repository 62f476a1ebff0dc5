/**
 * Resolves when the app is kept for the time without a server.
 *
 * @param {import("./studio.js").Studio} studio
 */
export async function whenKept({ page }) {
  await page
    .waitForFunction(
      async () => (await navigator.serviceWorker.getRegistration())?.active,
      null,
      { polling: 100, timeout: 30_000 },
    )
    .catch(() => {
      throw new Error(
        "The service worker did not start: is its list that of the files? " +
          "(frontend/tools/sw-list.mjs --check)",
      );
    });
}
