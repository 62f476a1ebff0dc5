/**
 * Timers that end with a signal.
 *
 * @module
 */

/**
 * Calls `action` once, after `ms`, unless `signal` ends it or the returned
 * function is called before.
 *
 * @param {number} ms
 * @param {() => void} action
 * @param {AbortSignal} signal
 * @returns {() => void} calls it off
 */
export function after(ms, action, signal) {
  const timer = setTimeout(() => {
    signal.removeEventListener("abort", cancel);
    action();
  }, ms);
  function cancel() {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
  }
  signal.addEventListener("abort", cancel, { once: true });
  return cancel;
}

/**
 * Gathers calls: `action` runs once, at the next animation frame.
 *
 * @param {() => void} action
 * @param {AbortSignal} signal
 * @returns {() => void} asks for a run
 */
export function oncePerFrame(action, signal) {
  let asked = 0;
  signal.addEventListener("abort", () => cancelAnimationFrame(asked), {
    once: true,
  });
  return () => {
    if (asked === 0 && !signal.aborted) {
      asked = requestAnimationFrame(() => {
        asked = 0;
        action();
      });
    }
  };
}
