/** A take of hours, made in a moment: every packet is the same silence. */
import { createWebmWriter } from "../../../assets/js/core/webm.js";

const PACKETS_PER_SECOND = 50;
const RATE = 48_000;
const CHUNK_BYTES = 1024 * 1024;

/** 20 ms of silence, full band. */
const SILENCE = Uint8Array.of(0xf8, 0xff, 0xfe);

/** Version 1, one channel, 312 frames of pre-skip, 48 kHz. */
const HEAD = Uint8Array.of(
  ...new TextEncoder().encode("OpusHead"),
  ...[1, 1, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0],
);

/**
 * @param {number} seconds
 * @returns {import("./encode.js").Take}
 */
export function makeLongTake(seconds) {
  const writer = createWebmWriter({ codecPrivate: HEAD, channels: 1 });
  const chunks = [Buffer.from(writer.header())];
  /** @type {Uint8Array[]} */
  let parts = [];
  let bytes = 0;
  for (let at = 0; at <= seconds * PACKETS_PER_SECOND; at += 1) {
    const cluster = writer.add(SILENCE);
    parts.push(...(cluster ? [cluster] : []));
    bytes += cluster?.length ?? 0;
    if (bytes > CHUNK_BYTES) {
      chunks.push(Buffer.concat(parts));
      parts = [];
      bytes = 0;
    }
  }
  const { tail, header } = writer.finish(seconds * RATE);
  return {
    chunks: [...chunks, Buffer.concat(parts)]
      .filter(({ length }) => length > 0)
      .map((chunk) => chunk.toString("base64")),
    tail: Buffer.from(tail).toString("base64"),
    header: Buffer.from(header).toString("base64"),
    seconds,
  };
}
