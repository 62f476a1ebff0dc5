import { swingsOf } from "./thumbnail.js";

const PITCH = 4;

/**
 * The whole recording in bars, what was played in the accent.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {{peaks: Uint8Array | null | undefined, played: number}} scene played: 0 to 1
 */
export function paintDockWave(canvas, { peaks, played }) {
  const context = canvas.getContext("2d");
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!context || width === 0) {
    return;
  }
  const scale = globalThis.devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  const style = getComputedStyle(canvas);
  const isForced = matchMedia("(forced-colors: active)").matches;
  const done = isForced ? "Highlight" : style.getPropertyValue("--accent");
  const rest = isForced ? "CanvasText" : style.getPropertyValue("--wave");
  const bars = Math.max(1, Math.floor(width / PITCH));
  swingsOf(peaks, bars).forEach((swing, bar) => {
    const half = Math.max(1, (swing * (height - 4)) / 2);
    context.fillStyle = (bar + 0.5) / bars <= played ? done : rest;
    context.beginPath();
    context.roundRect(bar * PITCH, height / 2 - half, 2.5, half * 2, 1.25);
    context.fill();
  });
}
