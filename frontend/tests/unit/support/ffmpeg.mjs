/**
 * Debian's ffmpeg as the second opinion: makes real Opus packets, and reads back
 * what we wrote.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { children, readHead } from "../../../assets/js/core/ebml.js";

/** @param {(folder: string) => T} work @template T */
export function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), "waveforge-unit-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} program @param {string[]} args */
function run(program, args) {
  return execFileSync(program, ["-v", "error", ...args], {
    encoding: "buffer",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/**
 * Opus packets of 20 ms of a sweeping tone, and their OpusHead.
 *
 * @param {number} seconds
 * @param {number} [channels]
 */
export function opusPackets(seconds, channels = 1) {
  const tone = "0.5*sin(2*PI*(200+40*t)*t)";
  const source = `aevalsrc=${Array(channels).fill(tone).join("|")}:s=48000:d=${seconds}`;
  return inFolder((folder) => {
    const file = join(folder, "tone.webm");
    const codec = ["-c:a", "libopus", "-b:a", "64k", "-frame_duration", "20"];
    run("ffmpeg", ["-f", "lavfi", "-i", source, ...codec, file]);
    return readPackets(new Uint8Array(readFileSync(file)));
  });
}

/** @param {Uint8Array} bytes */
function readPackets(bytes) {
  /** @type {Uint8Array[]} */
  const packets = [];
  let codecPrivate = new Uint8Array(0);
  const masters = new Set([0x18538067, 0x1654ae6b, 0xae, 0x1f43b675, 0xa0]);
  /** @param {number} from @param {number} to */
  const walk = (from, to) => {
    for (const child of children(bytes, from, to)) {
      if (masters.has(child.id)) {
        walk(child.from, child.to);
      } else if (child.id === 0x63a2) {
        codecPrivate = bytes.slice(child.from, child.to);
      } else if (child.id === 0xa3 || child.id === 0xa1) {
        packets.push(bytes.slice(child.from + 4, child.to));
      }
    }
  };
  const head = readHead(bytes, 0);
  walk(head ? head.bytes + head.size : 0, bytes.length);
  return { codecPrivate, packets };
}

/** @param {string} file */
function probeFile(file) {
  const show = ["-show_format", "-show_streams", "-of", "json"];
  const { format, streams } = JSON.parse(
    run("ffprobe", [...show, file]).toString(),
  );
  return {
    duration: Number(format.duration),
    format: format.format_name,
    stream: streams[0],
  };
}

/** @param {Uint8Array} bytes */
export function probe(bytes, name = "audio.webm") {
  return inFolder((folder) => {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    return probeFile(file);
  });
}

/**
 * Decodes to interleaved 16-bit samples; any complaint of the decoder throws.
 *
 * @param {Uint8Array} bytes
 * @param {string[]} [before]  options before the input, as `-ss`
 */
export function decode(bytes, name = "audio.webm", before = []) {
  return inFolder((folder) => {
    const file = join(folder, name);
    const raw = join(folder, "raw");
    writeFileSync(file, bytes);
    const strict = ["-xerror", "-err_detect", "explode"];
    run("ffmpeg", [...strict, ...before, "-i", file, "-f", "s16le", raw]);
    const { buffer, byteOffset, length } = Buffer.from(readFileSync(raw));
    return new Int16Array(buffer.slice(byteOffset, byteOffset + length));
  });
}
