/** What ffmpeg says about audio files. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { LOOK_RATE } from "./stairs.js";

const run = promisify(execFile);

/**
 * @typedef {object} Probe
 * @property {string} format as ffprobe names it: "matroska,webm"
 * @property {string} codec "opus"
 * @property {number} channels
 * @property {number} rate
 * @property {number} duration seconds the container states; NaN if none
 */

/**
 * @param {string} file
 * @returns {Promise<Probe>}
 */
export async function probe(file) {
  const { stdout } = await run("ffprobe", [
    ...["-v", "error", "-of", "json", "-show_format", "-show_streams"],
    file,
  ]);
  const { format, streams } = JSON.parse(stdout);
  return {
    format: format.format_name,
    codec: streams[0].codec_name,
    channels: streams[0].channels,
    rate: Number(streams[0].sample_rate),
    duration: Number(format.duration),
  };
}

/**
 * Decodes a file as a player would: pre-skip and padding taken off.
 *
 * @param {string} file
 * @param {{rate?: number, from?: number, isFirst?: boolean}} [options] from: seek
 *   there first; isFirst: the first channel instead of all that are mixed
 * @returns {Promise<Float32Array>} one channel, at LOOK_RATE by default
 */
export async function decode(file, options = {}) {
  const { rate = LOOK_RATE, from, isFirst = false } = options;
  const mix = isFirst ? ["-af", "pan=mono|c0=c0"] : ["-ac", "1"];
  const seek = from === undefined ? [] : ["-ss", String(from)];
  const { stdout } = await run(
    "ffmpeg",
    [
      ...["-v", "error", ...seek, "-i", file],
      ...[...mix, "-ar", String(rate), "-f", "f32le", "-"],
    ],
    { encoding: "buffer", maxBuffer: 2 ** 30 },
  );
  const bytes = new Uint8Array(stdout);
  return new Float32Array(bytes.buffer, 0, Math.floor(bytes.length / 4));
}

/**
 * @param {string} file
 * @returns {Promise<string>} SHA-256 in hex
 */
export async function sha256(file) {
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}
