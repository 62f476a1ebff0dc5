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

/** Bits in a second of one channel, as it is encoded. */
const BIT_RATES = Object.freeze({ mp3: 96_000, m4a: 80_000 });

/**
 * @param {{name: string, mimeType: string}} row
 * @returns {string} its name, with the ending of its kind
 */
export function fileName({ name, mimeType }) {
  const ending = ENDINGS[mimeType.split(";")[0]] ?? "";
  return name.toLowerCase().endsWith(ending) ? name : name + ending;
}

/**
 * @param {"mp3" | "m4a"} format
 * @param {number} channels
 */
export function bitRate(format, channels) {
  return BIT_RATES[format] * Math.min(2, channels);
}
