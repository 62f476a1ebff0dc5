/**
 * Whether somebody has signed in again: asked now and then while uploads wait for
 * it, so that they go on by themselves wherever that was done. A server that lets
 * anybody ask, and uploads not, is asked less and less often.
 *
 * @module
 */

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * @param {object} options
 * @param {{config: (signal: AbortSignal) => Promise<unknown>}} options.server
 * @param {() => void} options.onSignedIn
 * @param {() => number} options.now Unix ms
 * @param {AbortSignal} options.signal
 */
export function createSignIn({ server, onSignedIn, now, signal }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let isWaiting = false;
  let pauseMs = FIRST_PAUSE_MS;
  let lastIn = -Infinity;

  function askLater() {
    clearTimeout(timer);
    if (isWaiting && !signal.aborted) {
      timer = setTimeout(ask, pauseMs);
    }
  }

  /** Asks at once, if anything waits for it. */
  async function ask() {
    if (!isWaiting) {
      return;
    }
    const isIn = await server.config(signal).then(
      () => true,
      () => false,
    );
    if (isIn && isWaiting) {
      isWaiting = false;
      lastIn = now();
      onSignedIn();
    }
    askLater();
  }

  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return {
    ask,

    /** Something waits for it from now on. */
    wait() {
      if (!isWaiting) {
        const isAtOnce = now() - lastIn < LONGEST_PAUSE_MS;
        const longer = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
        pauseMs = isAtOnce ? longer : FIRST_PAUSE_MS;
        isWaiting = true;
        askLater();
      }
    },
  };
}
