/**
 * Tells the service worker when pages have stopped asking it for things.
 *
 * @module
 */

const REST_MS = 1000;
const LONGEST_WAIT_MS = 10_000;

/** @typedef {ReturnType<typeof createRest>} Rest */

/**
 * @param {{now: () => number}} clock  ms since any moment, never going back
 */
export function createRest(clock) {
  let lastAt = clock.now();
  return {
    /** Something has been asked for. */
    note() {
      lastAt = clock.now();
    },

    /**
     * Resolves once nothing has been asked for a second, or after ten seconds
     * of which that cannot be said.
     */
    async wait() {
      const until = clock.now() + LONGEST_WAIT_MS;
      for (;;) {
        const left = Math.min(lastAt + REST_MS, until) - clock.now();
        if (left <= 0) {
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, left));
      }
    },
  };
}
