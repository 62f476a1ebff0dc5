import { find, listen, setAttribute, setText } from "./dom.js";
import {
  FLOOR_DB,
  createPeakHold,
  levelFraction,
  levelText,
  levelWords,
} from "./level.js";

/** @typedef {import("./dom.js").Messages} Messages */

const SPOKEN_EVERY_MS = 1000;
const FALL_DB = 1.5;
/** A second and a half, as levels come 20 times a second. */
const HELD_LEVELS = 30;
/** @type {Readonly<{peakDb: number, clipped: boolean}>} */
const SILENCE = Object.freeze({ peakDb: -Infinity, clipped: false });

/**
 * The level meter: for the eye as fast as levels come, falling slowly, with a
 * mark where the highest was; in words
 * once a second, the highest of that second.
 *
 * @param {HTMLElement} root
 * @param {{messages: Messages, signal: AbortSignal}} options
 */
export function mountMeter(root, { messages, signal }) {
  const meter = find(root, ".meter", HTMLElement);
  const tube = find(meter, "[role=meter]", HTMLElement);
  const fill = find(meter, ".meter-fill", HTMLElement);
  const text = find(meter, ".meter-text", HTMLElement);
  const mark = find(meter, ".meter-hold", HTMLElement);
  const hold = createPeakHold({ levels: HELD_LEVELS, fallDb: FALL_DB });
  const latest = { ...SILENCE };
  let shownDb = -Infinity;
  let spokenAt = -Infinity;

  function speak() {
    const value = Math.round(Math.max(FLOOR_DB, Math.min(0, latest.peakDb)));
    setAttribute(tube, "aria-valuenow", String(value));
    const words = levelWords(messages, latest.peakDb, latest.clipped);
    setAttribute(tube, "aria-valuetext", words);
    setText(text, levelText(messages, latest.peakDb));
  }

  /** @param {number} heldDb */
  function draw(heldDb) {
    const held = levelFraction(heldDb).toFixed(3);
    mark.style.setProperty("--level", held);
    const level = levelFraction(shownDb).toFixed(3);
    fill.style.setProperty("--level", level);
    setAttribute(meter, "data-clipped", String(latest.clipped));
  }

  /** @param {{peakDb: number, clipped: boolean}} level */
  function update(level) {
    latest.peakDb = Math.max(latest.peakDb, level.peakDb);
    latest.clipped ||= level.clipped;
    shownDb = Math.max(level.peakDb, shownDb - FALL_DB);
    draw(hold.add(level.peakDb));
    const now = performance.now();
    if (now - spokenAt >= SPOKEN_EVERY_MS) {
      spokenAt = now;
      speak();
      Object.assign(latest, SILENCE);
    }
  }

  function clear() {
    Object.assign(latest, SILENCE);
    shownDb = -Infinity;
    hold.clear();
    draw(-Infinity);
    speak();
  }

  listen(messages.changes, "changed", speak, signal);
  clear();
  return { update, clear };
}
