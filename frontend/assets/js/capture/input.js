/**
 * An open microphone with all that hangs on it.
 *
 * @module
 */

import { connectCapture } from "./capture-port.js";
import { openGraph } from "./graph.js";
import { openMicrophone } from "./devices.js";
import { watchMicrophone } from "./microphone-watch.js";

/** @typedef {Awaited<ReturnType<typeof openInput>>} Input */

/**
 * Opens microphone and audio graph; close() ends both.
 *
 * @param {import("./devices.js").Preset} preset
 * @param {object} handlers
 * @param {(level: import("./capture-port.js").Level) => void} handlers.onLevel
 * @param {(code: string) => void} handlers.onFault
 */
export async function openInput(preset, { onLevel, onFault }) {
  const microphone = await openMicrophone(preset);
  const ending = new AbortController();
  const { signal } = ending;
  signal.addEventListener("abort", () => microphone.track.stop(), {
    once: true,
  });
  try {
    const { context, node, rate, channels } = await openGraph(microphone, {
      onFault,
      signal,
    });
    const watch = watchMicrophone(microphone.track, { onFault, signal });
    const capture = connectCapture(node.port, (level) => {
      watch.hear(level);
      onLevel(level);
    });
    return {
      capture,
      rate,
      channels,
      granted: microphone.granted,

      /** Whether the microphone has gone for good. */
      get isLost() {
        return microphone.track.readyState === "ended";
      },

      /** Seconds the audio system has run. */
      get seconds() {
        return context.currentTime;
      },

      close: () => ending.abort(),
    };
  } catch (error) {
    ending.abort();
    throw error;
  }
}
