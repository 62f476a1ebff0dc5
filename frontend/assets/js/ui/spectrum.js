import { bandsOf, strongestHz } from "../core/spectrum.js";
import { find, listen, setText } from "./dom.js";
import { oncePerFrame } from "./timers.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("../core/spectrum.js").Spectrum} Spectrum */

const BANDS = 24;
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
  const bars = Array.from({ length: BANDS }, () => {
    const bar = document.createElement("span");
    find(box, ".spectrum-bars", HTMLElement).append(bar);
    return bar;
  });
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
    const bands = spectrum ? bandsOf(spectrum, BANDS) : [];
    bars.forEach((bar, i) =>
      bar.style.setProperty("--level", (bands[i] ?? 0).toFixed(3)),
    );
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
 * As exact as an ear is: two digits.
 *
 * @param {Messages} messages
 * @param {number} hz
 */
function rounded(messages, hz) {
  return messages.number(hz, { maximumSignificantDigits: 2 });
}
