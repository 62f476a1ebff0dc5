/**
 * Which build of the studio this page is of, as its service worker knows it.
 *
 * @module
 */
const LONGEST_WAIT_MS = 1000;

/**
 * @param {Pick<ServiceWorkerContainer, "controller"> | undefined} container
 * @returns {Promise<string | null>} null: the page came without one
 */
export function askBuild(container) {
  const worker = container?.controller;
  if (!worker) {
    return Promise.resolve(null);
  }
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(null), LONGEST_WAIT_MS);
    /** @param {string | null} build */
    function end(build) {
      clearTimeout(timer);
      port1.close();
      resolve(build);
    }
    port1.onmessage = ({ data }) => end(String(data));
    worker.postMessage({ type: "version" }, [port2]);
  });
}
