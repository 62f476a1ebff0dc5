/**
 * The audio graph of the record path: microphone -> capture worklet, as it is
 * and by way of gain and equaliser, in a context of its own at the device's native
 * rate. It is never suspended, only closed: a suspended context loses audio
 * without a word.
 *
 * @module
 */

import { StudioError } from "../core/errors.js";
import { createTone } from "./tone.js";

const WORKLET = new URL("./capture.worklet.js", import.meta.url);

/**
 * @param {import("./devices.js").Microphone} microphone
 * @param {object} options
 * @param {(code: string) => void} options.onFault  the context stopped by itself
 * @param {{rate: number, channels: number}} [options.form]  of a take that goes on;
 *     else the device's own
 * @param {AbortSignal} options.signal  the end of the graph
 */
export async function openGraph(microphone, { onFault, form, signal }) {
  const { granted } = microphone;
  const context = new AudioContext({
    latencyHint: "balanced",
    ...(form ? { sampleRate: form.rate } : {}),
  });
  const close = () => context.close().catch(() => undefined);
  signal.addEventListener("abort", close, { once: true });
  try {
    await context.audioWorklet.addModule(WORKLET);
  } catch (error) {
    throw new StudioError("UNSUPPORTED", { cause: error });
  }
  const isStereo = granted.channelCount === 2 && !granted.input;
  const channels = form?.channels ?? (isStereo ? 2 : 1);
  const node = new AudioWorkletNode(context, "capture", {
    numberOfInputs: 2,
    channelCount: channels,
    channelCountMode: "explicit",
    processorOptions: { channels },
  });
  node.connect(context.destination);
  const tone = createTone(context);
  tone.output.connect(node, 0, 1);
  const connect = createSocket(context, [node, tone.input]);
  connect(microphone);
  context.resume().catch(() => undefined);
  context.addEventListener(
    "statechange",
    () => {
      if (context.state !== "running" && !signal.aborted) {
        onFault("AUDIO_STALLED");
      }
    },
    { signal },
  );
  return { context, node, tone, channels, rate: context.sampleRate, connect };
}

/**
 * Where a microphone is plugged in: one at a time. If one of its inputs is to be
 * heard alone, nothing else of it gets through.
 *
 * @param {AudioContext} context
 * @param {AudioNode[]} nodes
 */
function createSocket(context, nodes) {
  /** @type {AudioNode | null} */
  let source = null;
  /** @param {import("./devices.js").Microphone} microphone */
  return ({ stream, granted: { input } }) => {
    const next = context.createMediaStreamSource(stream);
    const inputs = input ? context.createChannelSplitter(input) : next;
    if (inputs !== next) {
      next.connect(inputs);
    }
    source?.disconnect();
    source = next;
    nodes.forEach((node) => inputs.connect(node, input ? input - 1 : 0));
  };
}
