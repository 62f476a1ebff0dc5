/**
 * Input gain and a three-band equaliser, as numbers in dB: what is heard while
 * recording. A take stays as the microphone gave it, with the numbers beside it,
 * unless they are printed to it.
 *
 * @module
 */

/** @typedef {import("./types.js").Tone} Tone */

/** The least and the most of each number, in dB. */
export const MOST_DB = 20;
export const STEP_DB = 0.5;

/** The bands in the order of the signal's way. */
export const BANDS = /** @type {const} */ ([
  { name: "low", type: "lowshelf", hz: 320 },
  { name: "mid", type: "peaking", hz: 1000 },
  { name: "high", type: "highshelf", hz: 3200 },
]);

/** Each number of a tone. */
export const NUMBERS = /** @type {const} */ (["gain", "low", "mid", "high"]);

/** @type {Readonly<Tone>} */
export const FLAT = Object.freeze({
  gain: 0,
  low: 0,
  mid: 0,
  high: 0,
  isPrinted: false,
});

/**
 * A tone of what was stored, whatever that is.
 *
 * @param {any} stored
 * @returns {Tone}
 */
export function toneOf(stored) {
  const { isPrinted, ...numbers } = Object(stored);
  const [gain, low, mid, high] = NUMBERS.map((name) =>
    decibelsOf(numbers[name]),
  );
  return { gain, low, mid, high, isPrinted: isPrinted === true };
}

/** @param {unknown} value */
function decibelsOf(value) {
  const number = typeof value === "number" ? value : NaN;
  return Math.abs(number) <= MOST_DB ? number : 0;
}

/**
 * Whether it changes nothing.
 *
 * @param {Tone} tone
 */
export function isFlat(tone) {
  return NUMBERS.every((name) => tone[name] === 0);
}

/**
 * Whether two takes were printed alike: each as it was heard, or with the same
 * numbers.
 *
 * @param {Tone} [one]
 * @param {Tone} [other]
 */
export function isPrintedAlike(one, other) {
  return NUMBERS.every((name) => printed(one)[name] === printed(other)[name]);
}

/** @param {Tone} [tone] */
function printed(tone) {
  return tone?.isPrinted ? tone : FLAT;
}

/**
 * @param {number} decibels
 * @returns {number} what to multiply with
 */
export function factorOf(decibels) {
  return 10 ** (decibels / 20);
}
