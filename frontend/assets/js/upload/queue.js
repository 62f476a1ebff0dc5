/**
 * Lets a few tasks run at a time, the others in the order they came.
 *
 * @param {number} most
 */
export function createQueue(most) {
  let running = 0;
  /** @type {(() => void)[]} */
  const waiting = [];

  /**
   * @param {AbortSignal} signal gives up waiting
   * @returns {Promise<void>} when there is room
   */
  function enter(signal) {
    if (running < most) {
      running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      waiting.push(resolve);
      const leave = () => {
        const place = waiting.indexOf(resolve);
        if (place >= 0) {
          waiting.splice(place, 1);
          reject(signal.reason);
        }
      };
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  /** Hands the room on, or frees it. */
  function leave() {
    const next = waiting.shift();
    if (next) {
      next();
    } else {
      running -= 1;
    }
  }

  return {
    /**
     * @param {() => Promise<void>} task
     * @param {AbortSignal} signal
     */
    async add(task, signal) {
      await enter(signal);
      try {
        await task();
      } finally {
        leave();
      }
    },
  };
}
