import { listen, onReturn } from "./dom.js";

const PAUSE_MS = 30_000;

/**
 * Has the server's list be read again while it is looked at: others may change it.
 * At once when the view, or the page, comes back into sight.
 *
 * @param {HTMLElement} view
 * @param {object} options
 * @param {() => Promise<void>} options.refresh
 * @param {{online: boolean | null}} options.reachability
 * @param {AbortSignal} options.signal
 */
export function mountLookAgain(view, { refresh, reachability, signal }) {
  let isReading = false;

  async function look() {
    const isSeen = !view.hidden && document.visibilityState === "visible";
    if (isSeen && reachability.online && !isReading) {
      isReading = true;
      await refresh().finally(() => {
        isReading = false;
      });
    }
  }

  const timer = setInterval(look, PAUSE_MS);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  onReturn(() => void look(), signal);
  listen(globalThis, "hashchange", () => void look(), signal);
}
