/**
 * An open microphone with all that hangs on it.
 *
 * @module
 */

import { connectCapture } from "./capture-port.js";
import { StudioError } from "../core/errors.js";
import { openGraph } from "./graph.js";
import { openMicrophone } from "./devices.js";
import { watchMicrophone } from "./microphone-watch.js";

/** How long a browser may take to let audio flow. */
const START_MS = 5000;

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
    const capture = await listen(node.port, (level) => {
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

/**
 * Connects to the worklet and waits until audio flows: a context may say that it
 * runs and still drop its first quanta, or never run without an output device.
 *
 * @param {MessagePort} port
 * @param {(level: import("./capture-port.js").Level) => void} onLevel
 */
async function listen(port, onLevel) {
  /** @type {() => void} */
  let hear = () => undefined;
  const heard = new Promise((resolve, reject) => {
    hear = () => resolve(undefined);
    setTimeout(() => reject(new StudioError("AUDIO_STALLED")), START_MS);
  });
  const capture = connectCapture(port, (level) => {
    hear();
    onLevel(level);
  });
  await heard;
  return capture;
}
