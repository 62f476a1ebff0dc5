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
 * @param {import("./devices.js").Wishes} wishes
 * @param {object} handlers
 * @param {(level: import("./capture-port.js").Level) => void} handlers.onLevel
 * @param {(code: string) => void} handlers.onFault
 */
export async function openInput(wishes, { onLevel, onFault }) {
  const ending = new AbortController();
  const { signal } = ending;
  let plug = plugIn(await openMicrophone(wishes), { onFault, signal });
  try {
    const { context, node, tone, rate, channels, connect } = await openGraph(
      plug.microphone,
      { onFault, signal },
    );
    const capture = await listen(node.port, (level) => {
      plug.hear({ peakDb: level.storedDb });
      onLevel(level);
    });
    return {
      capture,
      rate,
      channels,

      get granted() {
        return plug.microphone.granted;
      },

      /** Whether the microphone has gone for good. */
      get isLost() {
        return plug.microphone.track.readyState === "ended";
      },

      /** Seconds the audio system has run. */
      get seconds() {
        return context.currentTime;
      },

      /** @param {import("../core/types.js").Tone} numbers */
      tune(numbers) {
        tone.tune(numbers);
        capture.print(numbers.isPrinted);
      },

      /** @param {number} seconds  before its start that belong to a take */
      keepBefore: (seconds) => capture.keepBefore(Math.round(seconds * rate)),

      /** @param {boolean} isOn  whether what is heard is played, too */
      monitor: (isOn) => tone.monitor(isOn),

      get spectrum() {
        return tone.spectrum;
      },

      /** Puts a microphone in the place of one that has gone. */
      async reconnect() {
        const next = plugIn(await openMicrophone(wishes), { onFault, signal });
        try {
          connect(next.microphone.stream);
        } catch (cause) {
          next.pull();
          throw new StudioError("MICROPHONE_BUSY", { cause });
        }
        plug.pull();
        plug = next;
      },

      close: () => ending.abort(),
    };
  } catch (error) {
    ending.abort();
    throw error;
  }
}

/**
 * A microphone that is watched, until it is pulled or all ends.
 *
 * @param {import("./devices.js").Microphone} microphone
 * @param {{onFault: (code: string) => void, signal: AbortSignal}} options
 */
function plugIn(microphone, { onFault, signal }) {
  const pulling = new AbortController();
  const over = AbortSignal.any([signal, pulling.signal]);
  const { track } = microphone;
  const { hear } = watchMicrophone(track, { onFault, signal: over });
  if (over.aborted) {
    track.stop();
  }
  over.addEventListener("abort", () => track.stop(), { once: true });
  return { microphone, hear, pull: () => pulling.abort() };
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
