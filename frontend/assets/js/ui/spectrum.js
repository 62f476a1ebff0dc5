import { bandsOf, strongestHz } from "../core/spectrum.js";
import { find, listen, setText } from "./dom.js";
import { oncePerFrame } from "./timers.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("../core/spectrum.js").Spectrum} Spectrum */

const BANDS = 24;
/** Of a band's room; the rest is between the bars. */
const BAR_WIDTH = 0.7;
const LEAST_LEVEL = 0.02;
const SPOKEN_EVERY_MS = 1000;

/**
 * What is heard, per frequency: for the eye as bars beside the level; in words,
 * which is the strongest.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {EventTarget & {sound: {spectrum: Spectrum | null}}} options.recorder
 * @param {AbortSignal} options.signal
 */
export function mountSpectrum(root, { messages, recorder, signal }) {
  const box = find(root, ".spectrum", HTMLElement);
  const words = find(box, ".spectrum-text", HTMLElement);
  const bars = find(box, ".spectrum-bars", HTMLElement);
  let spokenAt = -Infinity;

  /** @param {Spectrum | null} spectrum */
  function speak(spectrum) {
    const hz = spectrum && strongestHz(spectrum);
    const text = hz
      ? messages.text("spectrum.strongest", { hz: rounded(messages, hz) })
      : messages.text("spectrum.silent");
    setText(words, text);
  }

  const draw = oncePerFrame(() => {
    const { spectrum } = recorder.sound;
    const bands = spectrum ? bandsOf(spectrum, BANDS) : Array(BANDS).fill(0);
    bars.style.clipPath = barsPath(bands);
    const now = performance.now();
    if (now - spokenAt >= SPOKEN_EVERY_MS || !spectrum) {
      spokenAt = now;
      speak(spectrum);
    }
  }, signal);

  for (const type of ["level", "state"]) {
    listen(recorder, type, draw, signal);
  }
  const again = () => speak(recorder.sound.spectrum);
  listen(messages.changes, "changed", again, signal);
  speak(null);
}

/**
 * One shape for all bars: an element for each had the browser compute two dozen
 * styles with each level, and keep tens of megabytes for it.
 *
 * @param {readonly number[]} levels 0 to 1
 * @returns {string} a CSS polygon, in percent of its box
 */
export function barsPath(levels) {
  const pitch = 100 / levels.length;
  const corners = levels.flatMap((level, i) => {
    const top = 100 * (1 - Math.max(LEAST_LEVEL, level));
    const left = i * pitch;
    const right = left + pitch * BAR_WIDTH;
    return [
      [left, 100],
      [left, top],
      [right, top],
      [right, 100],
    ];
  });
  const text = corners.map(([x, y]) => `${x.toFixed(2)}% ${y.toFixed(1)}%`);
  return `polygon(${text.join(", ")})`;
}

/**
 * As exact as an ear is: two digits.
 *
 * @param {Messages} messages
 * @param {number} hz
 */
function rounded(messages, hz) {
  return messages.number(hz, { maximumSignificantDigits: 2 });
}
