import { find } from "./dom.js";
import { after } from "./timers.js";

/** @typedef {ReturnType<typeof createAnnouncer>} Announcer */

const PAUSE_MS = 2000;

/**
 * Says things to assistive technology: one sentence in two seconds at most, in
 * order; what is urgent goes first and interrupts.
 *
 * @param {HTMLElement} root
 * @param {{signal: AbortSignal}} options
 */
export function createAnnouncer(root, { signal }) {
  const polite = find(root, ".announcer", HTMLElement);
  const urgent = find(root, ".alarm", HTMLElement);
  /** @type {{text: string, place: HTMLElement}[]} */
  const waiting = [];
  let isResting = false;

  function sayNext() {
    const next = waiting.shift();
    isResting = next !== undefined;
    if (next) {
      next.place.textContent = next.text;
      after(
        PAUSE_MS,
        () => {
          next.place.textContent = "";
          sayNext();
        },
        signal,
      );
    }
  }

  /** @param {{text: string, place: HTMLElement}} sentence @param {boolean} isFirst */
  function queue(sentence, isFirst) {
    if (waiting.some(({ text }) => text === sentence.text)) {
      return;
    }
    if (isFirst) {
      waiting.unshift(sentence);
    } else {
      waiting.push(sentence);
    }
    if (!isResting) {
      sayNext();
    }
  }

  return {
    /** @param {string} text */
    say: (text) => queue({ text, place: polite }, false),
    /** @param {string} text */
    alarm: (text) => queue({ text, place: urgent }, true),
  };
}
