/**
 * How the page was come to.
 *
 * @module
 */

/**
 * A page that was asked for with a query (`?sign-in`, what a gate adds on the way
 * back) comes from the server, and all else that it loads is of the version that
 * the service worker keeps: after a new version was put there, of another one. So
 * it goes on to the address without, which is the service worker's. Where there
 * is none all is the server's, and of one version.
 *
 * @param {object} page
 * @param {Pick<Location, "search" | "hash" | "replace">} page.location
 * @param {{controller: unknown} | undefined} page.serviceWorker
 * @returns {boolean} whether it goes on: nothing else is to be begun
 */
export function goesOn({ location, serviceWorker }) {
  const { search, hash } = location;
  const isMixed = search !== "" && Boolean(serviceWorker?.controller);
  if (isMixed) {
    location.replace(`./${hash}`);
  }
  return isMixed;
}
