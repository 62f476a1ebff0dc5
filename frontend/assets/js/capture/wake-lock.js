/**
 * Keeps the screen on while a take runs, where the browser can. It takes the
 * lock away whenever the page is hidden, so it is asked again when it is shown.
 *
 * @param {AbortSignal} signal  the end of it
 */
export function keepAwake(signal) {
  /** @type {WakeLockSentinel | null} */
  let lock = null;
  const release = () => lock?.release().catch(() => undefined);

  async function request() {
    if (document.visibilityState !== "visible") {
      return;
    }
    lock = (await navigator.wakeLock?.request("screen").catch(noLock)) ?? null;
    if (signal.aborted) {
      release();
    }
  }

  document.addEventListener("visibilitychange", request, { signal });
  signal.addEventListener("abort", release, { once: true });
  request();
}

function noLock() {
  return null;
}
