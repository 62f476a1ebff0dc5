const BARS = 32;

/**
 * Paints 1000 pairs of peaks as a few bars.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Uint8Array | null | undefined} peaks pairs (min, max) of int8
 */
export function paintThumbnail(canvas, peaks) {
  const context = canvas.getContext("2d");
  if (!context || canvas.clientWidth === 0) {
    return;
  }
  const scale = globalThis.devicePixelRatio;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = getComputedStyle(canvas).color;
  const pitch = width / BARS;
  swingsOf(peaks, BARS).forEach((swing, bar) => {
    const bars = Math.max(1.5, swing * (height - 2));
    context.beginPath();
    context.roundRect(
      bar * pitch,
      (height - bars) / 2,
      pitch * 0.6,
      bars,
      pitch * 0.3,
    );
    context.fill();
  });
}

/**
 * @param {Uint8Array | null | undefined} peaks
 * @param {number} count
 * @returns {number[]} 0 to 1 each
 */
export function swingsOf(peaks, count) {
  const swings = Array.from({ length: count }, () => 0);
  const values = peaks
    ? new Int8Array(peaks.buffer, peaks.byteOffset, peaks.byteLength)
    : [];
  values.forEach((value, index) => {
    const place = Math.floor((index / values.length) * count);
    swings[place] = Math.max(swings[place], Math.min(1, Math.abs(value) / 127));
  });
  return swings;
}
