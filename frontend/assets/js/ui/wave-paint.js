/**
 * Paints waveforms: one bar per few pixels; of a take the part that has reached
 * its goal in the accent, and a ruler below.
 *
 * @module
 */
import { POINTS_PER_SECOND, spanFor, ticksFor } from "./wave-data.js";

/** @typedef {import("../core/messages.js").Messages} Messages */

const PITCH = 4;
const BAR = 2.5;
const LABEL = 72;
const FLAG = 10;

/** Height of the ruler. */
export const RULER = 28;

/**
 * @typedef {object} Scene
 * @property {ReturnType<typeof import("./wave-data.js").createWaveData>} data of the take
 * @property {Scene["data"]} heard before a take
 * @property {Messages} messages
 * @property {number} safeSeconds
 * @property {boolean} isRecording
 * @property {readonly import("./take-state.js").ShownMarker[]} marks
 */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLCanvasElement} canvas
 * @param {Scene} scene
 */
export function paintTake(context, canvas, scene) {
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
  for (const { seconds, kind } of scene.marks) {
    const isOwn = kind === "marker";
    context.fillStyle = isOwn ? colours.ink : colours.warn;
    paintFlag(context, (seconds / span) * width, height);
  }
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
    const next = Math.floor((bar + 1) * pointsPerBar);
    const to = Math.min(data.length, Math.max(from + 1, next));
    const isSafe = (to - 1) / POINTS_PER_SECOND <= safeSeconds;
    context.fillStyle = isSafe ? colours.accent : colours.wave;
    paintBar(context, bar * PITCH, middle, data.swing(from, to));
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} height
 */
function paintFlag(context, x, height) {
  context.fillRect(x, 0, 1.5, height);
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x + FLAG, FLAG / 2);
  context.lineTo(x, FLAG);
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} middle
 * @param {number} swing 0 to 1
 */
function paintBar(context, x, middle, swing) {
  const half = Math.max(1, swing * (middle - 4));
  context.beginPath();
  context.roundRect(x, middle - half, BAR, half * 2, BAR / 2);
  context.fill();
}

/**
 * Paints what was heard last, the latest at the right edge.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLCanvasElement} canvas
 * @param {Scene} scene
 */
export function paintPreview(context, canvas, { heard }) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const colours = readColours(canvas);
  const middle = height / 2;
  context.clearRect(0, 0, width, height);
  context.fillStyle = colours.line;
  context.fillRect(0, middle - 0.5, width, 1);
  context.fillStyle = colours.wave;
  const bars = Math.min(heard.length, Math.floor(width / PITCH));
  for (let bar = 1; bar <= bars; bar += 1) {
    const point = heard.length - bar;
    paintBar(
      context,
      width - bar * PITCH,
      middle,
      heard.swing(point, point + 1),
    );
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
    ink: read("ink"),
    warn: read("warn"),
    wave: read("wave"),
    line: read("line"),
    muted: read("muted"),
    font: style.fontFamily,
  };
}
