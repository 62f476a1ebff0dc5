/**
 * Formats that a recording can be had in. Pure.
 *
 * @module
 */

/** @typedef {"wav" | "flac" | "mp3" | "m4a"} AudioFormat */

/** @type {readonly AudioFormat[]} */
export const AUDIO_FORMATS = Object.freeze(["wav", "flac", "mp3", "m4a"]);

/** How the server, and so the library, calls what a file is. */
export const MIME_TYPES = Object.freeze({
  wav: "audio/wav",
  flac: "audio/flac",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
});

/** @type {Readonly<Record<string, string>>} */
const ENDINGS = Object.freeze({
  "audio/webm": ".webm",
  "audio/matroska": ".mka",
  "audio/ogg": ".ogg",
  "audio/mp4": ".m4a",
  "audio/wav": ".wav",
  "audio/flac": ".flac",
  "audio/mpeg": ".mp3",
  "audio/aac": ".aac",
});

/**
 * The names of formats, which are the same in every language.
 *
 * @type {Readonly<Record<string, string>>}
 */
const NAMES = Object.freeze({
  "audio/webm": "WebM",
  "audio/matroska": "Matroska",
  "audio/ogg": "Ogg",
  "audio/mp4": "M4A",
  "audio/wav": "WAV",
  "audio/flac": "FLAC",
  "audio/mpeg": "MP3",
  "audio/aac": "AAC",
});

/** Bits in a second of one channel, as it is encoded. */
const BIT_RATES = Object.freeze({ mp3: 96_000, m4a: 80_000 });

/**
 * @param {{name: string, mimeType: string}} row
 * @returns {string} its name, with the ending of its kind
 */
export function fileName({ name, mimeType }) {
  const ending = ENDINGS[essenceOf(mimeType)] ?? "";
  return name.toLowerCase().endsWith(ending) ? name : name + ending;
}

/**
 * @param {string} mimeType
 * @returns {string} what people call it; of an unknown kind its own second half
 */
export function formatName(mimeType) {
  const essence = essenceOf(mimeType);
  return NAMES[essence] ?? essence.slice(essence.indexOf("/") + 1);
}

/** @param {string} mimeType @returns {string} it without its parameters */
function essenceOf(mimeType) {
  return mimeType.split(";")[0].trim().toLowerCase();
}

/**
 * @param {"mp3" | "m4a"} format
 * @param {number} channels
 */
export function bitRate(format, channels) {
  return BIT_RATES[format] * Math.min(2, channels);
}
