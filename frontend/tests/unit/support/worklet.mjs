/** The worklet of the capture, in the place the audio thread has for it. */

export const RATE = 44100;

/** @type {any} */
export const scope = globalThis;
/** @type {any} */
export let Processor;
scope.sampleRate = RATE;
scope.currentFrame = 0;
scope.AudioWorkletProcessor = class {
  port = { postMessage: () => undefined };
};
scope.registerProcessor = (
  /** @type {string} */ _,
  /** @type {any} */ type,
) => {
  Processor = type;
};
const script = "../../../assets/js/capture/capture.worklet.js";
await import(new URL(script, import.meta.url).href);

/** A worklet whose input counts its frames up, and what it sends. */
export function start(channels = 1) {
  const processor = new Processor({ processorOptions: { channels } });
  /** @type {any[]} */
  const spooled = [];
  /** @type {any[]} */
  const told = [];
  const spool = {
    postMessage: (/** @type {any} */ message) => spooled.push(message),
  };
  processor.port.postMessage = (/** @type {any} */ message) =>
    told.push(message);
  const command = (/** @type {any} */ data) =>
    processor.port.onmessage({ data });
  command({ type: "start", port: spool });
  let frame = 0;
  /** @param {number} quanta @param {number} [gain] of the second input */
  function run(quanta, gain) {
    for (let i = 0; i < quanta; i++) {
      const input = Array.from({ length: channels }, (_, channel) =>
        Float32Array.from({ length: 128 }, (_, j) => frame + j + channel * 1e6),
      );
      scope.currentFrame += 128;
      const toned = input.map((samples) => samples.map((x) => x * (gain ?? 1)));
      processor.process(gain === undefined ? [input] : [input, toned]);
      frame += 128;
    }
  }
  const blocks = () => spooled.filter(({ type }) => type === "block");
  const samples = (channel = 0) =>
    blocks().flatMap((block) => [...block.channels[channel]]);
  return { command, run, spool, spooled, told, blocks, samples };
}

/** @param {number} from @param {number} to */
export const ramp = (from, to) =>
  Array.from({ length: to - from }, (_, i) => from + i);

/** Frames in which sound fades at a pause. */
export const FADE = Math.round(0.005 * RATE);
