/** WAV files for the fake microphone, whose every moment can be told apart. */
import { writeFile } from "node:fs/promises";

/** The rate at which headless Chromium runs audio: nothing is resampled. */
export const RATE = 44_100;

const HEADER_BYTES = 44;

/**
 * @param {Int16Array} frames
 * @param {number} [channels]
 * @returns {Buffer} a WAV file
 */
function wavOf(frames, channels = 1) {
  const wav = Buffer.alloc(HEADER_BYTES + frames.byteLength);
  wav.write("RIFF", 0);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(channels, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2 * channels, 28);
  wav.writeUInt16LE(2 * channels, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36);
  wav.writeUInt32LE(frames.byteLength, 40);
  frames.forEach((value, i) => wav.writeInt16LE(value, HEADER_BYTES + 2 * i));
  return wav;
}

/**
 * Values of a ramp: a whole number of the blocks of 10 ms in which Chromium
 * plays a file, or it would fill up the last one with silence.
 */
export const RAMP_VALUES = 148 * (RATE / 100);

/**
 * Writes a ramp: each frame is one step above the one before, and after the
 * highest value comes the lowest; so is the file's end followed by its start.
 * What arrives uncompressed is whole exactly when every step is +1.
 *
 * @param {string} file
 * @returns {Promise<string>} the file
 */
export async function writeRamp(file) {
  const frames = new Int16Array(RAMP_VALUES);
  frames.forEach((_, i) => (frames[i] = i - RAMP_VALUES / 2));
  await writeFile(file, wavOf(frames));
  return file;
}

/** How long each tone of a staircase is, and how many there are. */
export const STAIR_SECONDS = 0.1;
export const STAIRS = 32;

/** @param {number} stair @returns {number} its tone in Hz */
export function stairTone(stair) {
  return 400 + 50 * stair;
}

/**
 * Writes a staircase: tones of 100 ms, each higher than the one before, 3.2 s
 * until it begins again, without a jump in phase. It survives a lossy codec,
 * and a piece cut out of it shows: see stairs.js.
 *
 * @param {string} file
 * @returns {Promise<string>} the file
 */
export async function writeStaircase(file) {
  const length = RATE * STAIR_SECONDS;
  const frames = new Int16Array(length * STAIRS);
  let phase = 0;
  for (let i = 0; i < frames.length; i++) {
    frames[i] = Math.round(12_000 * Math.sin(phase));
    phase += (2 * Math.PI * stairTone(Math.floor(i / length))) / RATE;
  }
  await writeFile(file, wavOf(frames));
  return file;
}

/**
 * Writes what two inputs give that hear different things: each a level of its own.
 *
 * @param {string} file
 * @param {number[]} levels of 16 bits
 * @returns {Promise<string>} the file
 */
export async function writeTwoInputs(file, levels) {
  const frames = Int16Array.from({ length: 2 * RATE }, (_, i) => {
    // Never one value for long: that would be silence to the last bit.
    const sign = (i >> 1) % 2 === 0 ? 1 : -1;
    return sign * levels[i % 2];
  });
  await writeFile(file, wavOf(frames, 2));
  return file;
}
