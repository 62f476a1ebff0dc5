/**
 * Gets a microphone back that is gone, as long as a take waits for it: at once,
 * whenever devices come or go, and every two seconds. It never asks the person:
 * without the browser's permission it waits for that, too.
 *
 * @module
 */

import { listMicrophones, microphonePermission } from "./devices.js";

const RETRY_MS = 2000;

/**
 * @param {object} options
 * @param {() => Promise<void>} options.reopen  rejects while there is none
 * @param {() => void} options.onBack  once
 * @param {EventTarget} options.devices  navigator.mediaDevices
 * @param {() => Promise<boolean>} options.isAllowed
 * @param {AbortSignal} options.signal  nobody waits any more
 */
export function awaitReturn({ reopen, onBack, devices, isAllowed, signal }) {
  const ending = new AbortController();
  const over = AbortSignal.any([signal, ending.signal]);
  let isTrying = false;

  async function attempt() {
    if (isTrying || over.aborted) {
      return;
    }
    isTrying = true;
    try {
      if (await isAllowed()) {
        await reopen();
        if (!over.aborted) {
          ending.abort();
          onBack();
        }
      }
    } catch {
      // It is not back yet: the next attempt is under way.
    } finally {
      isTrying = false;
    }
  }

  devices.addEventListener("devicechange", attempt, { signal: over });
  const timer = setInterval(attempt, RETRY_MS);
  over.addEventListener("abort", () => clearInterval(timer), { once: true });
  attempt();
}

/** @typedef {import("../core/types.js").Granted} Granted */

/**
 * Sees to it that a take waits for its microphone once, however often it goes.
 *
 * @param {(before: Granted) => void} onBack  with what it had been granted
 * @param {(before: Granted) => Promise<boolean>} [isAllowed]  by default: without
 *     asking
 */
export function createComeback(onBack, isAllowed = isMicrophoneAllowed) {
  /** @type {AbortSignal | null} of the take that waits */
  let waiting = null;
  return {
    /** @param {{granted: Granted, reconnect: () => Promise<void>}} input @param {AbortSignal} signal  the end of its take */
    await(input, signal) {
      if (waiting === signal) {
        return;
      }
      waiting = signal;
      const { granted } = input;
      awaitReturn({
        reopen: () => input.reconnect(),
        onBack() {
          waiting = null;
          onBack(granted);
        },
        devices: navigator.mediaDevices,
        isAllowed: () => isAllowed(granted),
        signal,
      });
    },
  };
}

/**
 * Whether the browser gives the microphone without asking the person. For a while
 * Firefox gives the one that it gave before, and names it; the permission that it
 * tells is "prompt" all the same.
 *
 * @param {Granted} before
 */
async function isMicrophoneAllowed({ deviceId }) {
  const permission = await microphonePermission();
  if (permission !== "prompt") {
    return permission !== "denied";
  }
  return (await listMicrophones()).some(({ id }) => id === deviceId);
}
