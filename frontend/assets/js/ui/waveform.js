import { find, listen } from "./dom.js";
import { oncePerFrame } from "./timers.js";
import {
  POINTS_PER_SECOND,
  createWaveData,
  spanFor,
  ticksFor,
} from "./wave-data.js";

/** @typedef {import("./dom.js").Messages} Messages */

const PITCH = 4;
const BAR = 2.5;
const RULER = 28;
const LABEL = 72;

/**
 * The picture of the running take: one bar per few pixels, the part that has
 * reached its goal in the accent, a ruler below. Hidden from assistive
 * technology: a summary in words stands beside it.
 *
 * @param {HTMLElement} root
 * @param {{messages: Messages, signal: AbortSignal}} options
 */
export function mountWaveform(root, { messages, signal }) {
  const canvas = find(root, ".scope canvas", HTMLCanvasElement);
  const context = canvas.getContext("2d");
  const data = createWaveData();
  const view = { safeSeconds: 0, isRecording: false };
  const draw = oncePerFrame(() => {
    if (context && fit(canvas, context)) {
      paint(context, canvas, { data, messages, ...view });
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
    /** @param {{safeSeconds: number, isRecording: boolean}} next */
    update(next) {
      Object.assign(view, next);
      draw();
    },
    clear() {
      data.clear();
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

/**
 * @typedef {object} Scene
 * @property {ReturnType<typeof createWaveData>} data
 * @property {Messages} messages
 * @property {number} safeSeconds
 * @property {boolean} isRecording
 */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLCanvasElement} canvas
 * @param {Scene} scene
 */
function paint(context, canvas, scene) {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight - RULER;
  const colours = readColours(canvas);
  const span = spanFor(scene.data.length / POINTS_PER_SECOND);
  context.clearRect(0, 0, width, height + RULER);
  paintRuler(context, {
    width,
    height,
    span,
    colours,
    messages: scene.messages,
  });
  paintBars(context, { width, height, span, colours }, scene);
  if (scene.isRecording) {
    const seconds = scene.data.length / POINTS_PER_SECOND;
    context.fillStyle = colours.record;
    context.fillRect(
      Math.min(width - 2, (seconds / span) * width),
      0,
      2,
      height,
    );
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{width: number, height: number, span: number, colours: ReturnType<typeof readColours>}} frame
 * @param {Scene} scene
 */
function paintBars(
  context,
  { width, height, span, colours },
  { data, safeSeconds },
) {
  const pointsPerBar = (span * POINTS_PER_SECOND * PITCH) / width;
  const bars = Math.ceil(data.length / pointsPerBar);
  const middle = height / 2;
  context.fillStyle = colours.line;
  context.fillRect(0, middle - 0.5, width, 1);
  for (let bar = 0; bar < bars; bar += 1) {
    const from = Math.floor(bar * pointsPerBar);
    const to = Math.max(from + 1, Math.floor((bar + 1) * pointsPerBar));
    const half = Math.max(1, data.swing(from, to) * (middle - 4));
    const isSafe = to / POINTS_PER_SECOND <= safeSeconds;
    context.fillStyle = isSafe ? colours.accent : colours.wave;
    context.beginPath();
    context.roundRect(bar * PITCH, middle - half, BAR, half * 2, BAR / 2);
    context.fill();
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{width: number, height: number, span: number, colours: ReturnType<typeof readColours>, messages: Messages}} frame
 */
function paintRuler(context, { width, height, span, colours, messages }) {
  context.font = `12px ${colours.font}`;
  context.textBaseline = "bottom";
  for (const seconds of ticksFor(
    span,
    Math.max(1, Math.floor(width / LABEL)),
  )) {
    const x = (seconds / span) * width;
    const isLast = seconds === span;
    context.fillStyle = colours.line;
    context.fillRect(isLast ? width - 1 : x, height, 1, 6);
    context.fillStyle = colours.muted;
    context.textAlign = seconds === 0 ? "left" : isLast ? "right" : "center";
    context.fillText(messages.clock(seconds), x, height + RULER);
  }
}

/** @param {HTMLCanvasElement} canvas */
function readColours(canvas) {
  const style = getComputedStyle(canvas);
  const isForced = matchMedia("(forced-colors: active)").matches;
  /** @param {string} role */
  const read = (role) =>
    isForced ? "CanvasText" : style.getPropertyValue(`--${role}`);
  return {
    accent: isForced ? "Highlight" : read("accent"),
    record: read("record"),
    wave: read("wave"),
    line: read("line"),
    muted: read("muted"),
    font: style.fontFamily,
  };
}
