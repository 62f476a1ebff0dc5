import { chunkSizeOf } from "../core/chunk-size.js";
import { toneOf } from "../core/tone.js";
import { kilobytesOf } from "../core/upload-limit.js";
import { readChoice } from "./choice.js";
import { preRollOf } from "./pre-roll.js";
import { presetNamed } from "./sound.js";
import { STOP_AFTER } from "./take-limits.js";

/** @typedef {Awaited<ReturnType<typeof readChoices>>} Choices */

const THEMES = /** @type {const} */ (["light", "dark"]);
export const DESTINATIONS = /** @type {const} */ ([
  "server",
  "later",
  "device",
]);

/** What a take's file may be, the usual one first. */
export const FORMATS = /** @type {const} */ (["opus", "wav"]);

/** @param {unknown} value as it was stored */
export const formatNamed = (value) => oneOf(FORMATS, value);

/**
 * What the person has chosen before.
 *
 * @param {import("./ports.js").Preferences} preferences
 * @param {object} options
 * @param {readonly string[]} options.languages that the studio speaks
 * @param {AbortSignal} options.signal
 */
export async function readChoices(preferences, { languages, signal }) {
  const [destination, tone, stopAfter, format, countIn] = await Promise.all(
    ["destination", "tone", "stopAfter", "format", "countIn"].map(
      preferences.get,
    ),
  );
  return {
    ...(await readShared(preferences, { languages, signal })),
    wanted: oneOf(DESTINATIONS, destination) ?? "server",
    format: formatNamed(format) ?? FORMATS[0],
    tone: toneOf(tone),
    hasCountIn: countIn === true,
    stopAfter: STOP_AFTER.find((each) => each === stopAfter) ?? 0,
  };
}

/**
 * What more than one control shows, each a choice; those of the settings.
 *
 * @param {import("./ports.js").Preferences} preferences
 * @param {{languages: readonly string[], signal: AbortSignal}} options
 */
async function readShared(preferences, { languages, signal }) {
  /**
   * @template Value
   * @param {string} name
   * @param {(stored: unknown) => Value} read
   */
  const choice = (name, read) =>
    readChoice({ name, read, preferences, signal });
  const [language, theme, singleKeys, sound] = await Promise.all([
    choice("language", (stored) => oneOf(languages, stored)),
    choice("theme", (stored) => oneOf(THEMES, stored)),
    choice("singleKeys", (stored) => stored !== false),
    choice("sound", soundOf),
  ]);
  const [preRoll, uploadLimit, chunkSize] = await Promise.all([
    choice("preRoll", preRollOf),
    choice("uploadLimit", kilobytesOf),
    choice("chunkSize", chunkSizeOf),
  ]);
  const shared = { language, theme, singleKeys, sound, preRoll };
  return { ...shared, uploadLimit, chunkSize };
}

/**
 * @param {any} stored
 * @returns {import("./ports.js").SoundWishes}
 */
export function soundOf(stored) {
  const { preset, deviceId, label, channels, input } = Object(stored);
  return {
    preset: presetNamed(preset) ?? "voice",
    deviceId: wordIn(deviceId),
    label: wordIn(label),
    channels: channels === 1 || channels === 2 ? channels : null,
    input: inputOf(input),
  };
}

/** @param {unknown} stored */
function wordIn(stored) {
  return typeof stored === "string" && stored !== "" ? stored : null;
}

/** @param {unknown} stored  as many as the Web Audio API knows */
function inputOf(stored) {
  const input = Number(stored);
  return Number.isInteger(input) && input > 0 && input <= 32 ? input : null;
}

/**
 * @template {string} Choice
 * @param {readonly Choice[]} choices
 * @param {unknown} value as it was stored
 */
export function oneOf(choices, value) {
  return choices.find((choice) => choice === value) ?? null;
}
