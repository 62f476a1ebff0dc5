import { find, listen } from "./dom.js";
import { oncePerFrame } from "./timers.js";
import { createWaveData } from "./wave-data.js";
import { RULER, paintPreview, paintTake } from "./wave-paint.js";

/** @typedef {import("./dom.js").Messages} Messages */

/**
 * @typedef {object} WaveView
 * @property {number} safeSeconds
 * @property {boolean} isRecording
 * @property {boolean} isArmed
 * @property {readonly import("./take-state.js").ShownMarker[]} marks
 */

/**
 * The picture of the running take, or, before it, of what the microphone hears.
 * Hidden from assistive technology: a summary in words stands beside it.
 *
 * @param {HTMLElement} root
 * @param {{messages: Messages, signal: AbortSignal}} options
 */
export function mountWaveform(root, { messages, signal }) {
  const canvas = find(root, ".scope canvas", HTMLCanvasElement);
  const context = canvas.getContext("2d");
  const data = createWaveData();
  const heard = createWaveData();
  /** @type {WaveView} */
  const view = {
    safeSeconds: 0,
    isRecording: false,
    isArmed: false,
    marks: [],
  };
  const draw = oncePerFrame(() => {
    if (context && fit(canvas, context)) {
      const paint = view.isArmed ? paintPreview : paintTake;
      paint(context, canvas, { data, heard, messages, ...view });
    }
  }, signal);

  const observer = new ResizeObserver(draw);
  observer.observe(canvas);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  const themes = new MutationObserver(draw);
  themes.observe(document.documentElement, {
    attributeFilter: ["data-theme", "lang"],
  });
  signal.addEventListener("abort", () => themes.disconnect(), { once: true });
  listen(matchMedia("(prefers-color-scheme: dark)"), "change", draw, signal);

  return {
    /** @param {{from: number, min: ArrayLike<number>, max: ArrayLike<number>}} peaks */
    put({ from, min, max }) {
      data.put(from, min, max);
      draw();
    },
    /** @param {number} swing what is heard before a take, 0 to 1 */
    hear(swing) {
      heard.put(heard.length, [-127 * swing], [127 * swing]);
      draw();
    },
    /** @param {WaveView} next */
    update(next) {
      Object.assign(view, next);
      draw();
    },
    clear() {
      data.clear();
      heard.clear();
      draw();
    },
  };
}

/**
 * Gives the canvas the pixels of its place.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2D} context
 * @returns {boolean} whether there is anything to paint on
 */
function fit(canvas, context) {
  const scale = globalThis.devicePixelRatio;
  const width = Math.round(canvas.clientWidth * scale);
  const height = Math.round(canvas.clientHeight * scale);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.setTransform(scale, 0, 0, scale, 0, 0);
  return width > 0 && height > RULER * scale;
}
