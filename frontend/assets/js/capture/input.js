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

/** So long nothing comes from an audio system that is dead, and not just slow. */
const STILL_MS = 1000;

/** @typedef {Awaited<ReturnType<typeof openInput>>} Input */

/**
 * Opens microphone and audio graph; close() ends both.
 *
 * @param {import("./devices.js").Wishes} wishes
 * @param {object} handlers
 * @param {(level: import("./capture-port.js").Level) => void} handlers.onLevel
 * @param {(code: string) => void} handlers.onFault
 * @param {(code: string) => void} handlers.onOver  of the microphone's faults
 */
export async function openInput(wishes, { onLevel, onFault, onOver }) {
  const ending = new AbortController();
  const { signal } = ending;
  const watch = { onFault, onOver, signal };
  let plug = plugIn(await openMicrophone(wishes), watch);
  /** @param {import("./capture-port.js").Level} level */
  function hear(level) {
    plug.hear({ peakDb: level.storedDb });
    onLevel(level);
  }
  /** @param {{rate: number, channels: number}} [form] */
  const build = (form) =>
    buildGraph(plug.microphone, { hear, onFault, form, signal });
  let graph = await build().catch((error) => {
    ending.abort();
    throw error;
  });
  const { rate, channels } = graph;
  return {
    rate,
    channels,

    get capture() {
      return graph.capture;
    },

    get granted() {
      return plug.microphone.granted;
    },

    /** Whether the microphone has gone for good, or the audio system has. */
    get isLost() {
      return !this.isSounding || plug.microphone.track.readyState === "ended";
    },

    /** Whether the audio system says that it runs. */
    get isSounding() {
      return graph.context.state === "running";
    },

    /** Seconds the audio system has run. */
    get seconds() {
      return graph.context.currentTime;
    },

    /** @param {import("../core/types.js").Tone} numbers */
    tune(numbers) {
      graph.tone.tune(numbers);
      graph.capture.print(numbers.isPrinted);
    },

    /** @param {number} seconds  before its start that belong to a take */
    keepBefore: (seconds) =>
      graph.capture.keepBefore(Math.round(seconds * rate)),

    /** @param {boolean} isOn  whether what is heard is played, too */
    monitor: (isOn) => graph.tone.monitor(isOn),

    get spectrum() {
      return graph.tone.spectrum;
    },

    /** Goes on after a pause, also if the audio system is another one by then. */
    async resume() {
      for (let asked; asked !== graph;) {
        asked = graph;
        await asked.capture.resume();
      }
    },

    /** Puts a microphone in the place of one that has gone. */
    async reconnect() {
      const next = plugIn(await openMicrophone(wishes), watch);
      try {
        graph.connect(next.microphone);
      } catch (cause) {
        next.pull();
        throw new StudioError("MICROPHONE_BUSY", { cause });
      }
      plug.pull();
      plug = next;
    },

    /** Whether sound comes, however slowly; it takes a second to be sure. */
    async isAlive() {
      const { context } = graph;
      const before = context.currentTime;
      if (context.state === "running") {
        await new Promise((resolve) => setTimeout(resolve, STILL_MS));
      }
      const isMoving =
        context.state === "running" && context.currentTime > before;
      return isMoving || graph.context !== context;
    },

    /**
     * Builds the audio system anew, at the same rate.
     *
     * @param {AbortSignal} over  nobody wants it any more
     */
    async rebuild(over) {
      const { microphone } = plug;
      const next = await build({ rate, channels });
      if (over.aborted) {
        return next.end();
      }
      if (plug.microphone !== microphone) {
        next.connect(plug.microphone); // it came back meanwhile
      }
      graph.end();
      graph = next;
    },

    close: () => ending.abort(),
  };
}

/**
 * An audio graph through which sound flows.
 *
 * @param {import("./devices.js").Microphone} microphone
 * @param {object} options
 * @param {(level: import("./capture-port.js").Level) => void} options.hear
 * @param {(code: string) => void} options.onFault
 * @param {{rate: number, channels: number}} [options.form]
 * @param {AbortSignal} options.signal
 */
async function buildGraph(microphone, { hear, signal, ...options }) {
  const ending = new AbortController();
  const end = () => ending.abort();
  const over = AbortSignal.any([signal, ending.signal]);
  try {
    const graph = await openGraph(microphone, { ...options, signal: over });
    const capture = await listen(graph.node.port, hear);
    return { ...graph, capture, end };
  } catch (error) {
    end();
    throw error;
  }
}

/**
 * A microphone that is watched, until it is pulled or all ends.
 *
 * @param {import("./devices.js").Microphone} microphone
 * @param {Parameters<typeof watchMicrophone>[1]} options
 */
function plugIn(microphone, { signal, ...handlers }) {
  const pulling = new AbortController();
  const over = AbortSignal.any([signal, pulling.signal]);
  const { track } = microphone;
  const { hear } = watchMicrophone(track, { ...handlers, signal: over });
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
