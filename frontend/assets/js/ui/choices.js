import { chooseLanguage } from "../core/messages.js";
import { toneOf } from "../core/tone.js";
import { kilobytesOf } from "../core/upload-limit.js";
import { playbackOf, positionsOf } from "./playback.js";
import { PRE_ROLLS } from "./pre-roll.js";
import { SORTS } from "./row-query.js";
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
 * What the person has chosen before, with what the browser wishes in its place.
 *
 * @param {import("./ports.js").Preferences} preferences
 * @param {readonly string[]} languages that the studio speaks
 */
export async function readChoices(preferences, languages) {
  const [language, theme, singleKeys, destination] = await Promise.all(
    ["language", "theme", "singleKeys", "destination"].map(preferences.get),
  );
  const [sound, tone, stopAfter, format] = await Promise.all(
    ["sound", "tone", "stopAfter", "format"].map(preferences.get),
  );
  const [preRoll, countIn, uploadLimit, librarySort] = await Promise.all(
    ["preRoll", "countIn", "uploadLimit", "librarySort"].map(preferences.get),
  );
  const [playback, positions] = await Promise.all(
    ["playback", "positions"].map(preferences.get),
  );
  const wishes = [String(language ?? ""), ...navigator.languages];
  return {
    language: chooseLanguage(wishes, languages),
    theme: oneOf(THEMES, theme),
    hasSingleKeys: singleKeys !== false,
    wanted: oneOf(DESTINATIONS, destination) ?? "server",
    format: formatNamed(format) ?? FORMATS[0],
    sound: soundOf(sound),
    tone: toneOf(tone),
    preRoll: PRE_ROLLS.find((each) => each === preRoll) ?? 0,
    hasCountIn: countIn === true,
    stopAfter: STOP_AFTER.find((each) => each === stopAfter) ?? 0,
    uploadLimit: kilobytesOf(uploadLimit),
    playback: playbackOf(playback),
    positions: positionsOf(positions),
    librarySort: oneOf(SORTS, librarySort) ?? "newest",
  };
}

/**
 * @param {any} stored
 * @returns {import("./ports.js").SoundWishes}
 */
export function soundOf(stored) {
  const { preset, deviceId, channels } = Object(stored);
  return {
    preset: presetNamed(preset) ?? "voice",
    deviceId: typeof deviceId === "string" && deviceId ? deviceId : null,
    channels: channels === 1 || channels === 2 ? channels : null,
  };
}

/**
 * @template {string} Choice
 * @param {readonly Choice[]} choices
 * @param {unknown} value as it was stored
 */
function oneOf(choices, value) {
  return choices.find((choice) => choice === value) ?? null;
}
