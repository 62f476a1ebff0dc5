/**
 * A take's audio.webm while it grows: Opus packets become clusters, clusters are
 * appended. What has been flushed may be handed on: but for the header these
 * bytes are final.
 *
 * @module
 */

import { createWebmWriter, framesOfPackets } from "../core/webm.js";
import { OPUS_RATE } from "../core/opus.js";
import { StudioError } from "../core/errors.js";
import { appendWithRoom } from "./files.js";

/** @typedef {import("./files.js").SpoolFile} SpoolFile */

export class AudioFile {
  #file;
  #channels;
  #makeRoom;
  /** @type {import("../core/webm-elements.js").WebmTrack | null} */
  #track = null;
  /** @type {ReturnType<typeof createWebmWriter> | null} */
  #writer = null;
  #clustered = 0;

  /** What is on the disk for good, up to the end of a cluster. */
  flushed = { bytes: 0, seconds: 0 };

  /**
   * @param {object} options
   * @param {SpoolFile} options.file
   * @param {number} options.channels
   * @param {Awaited<ReturnType<typeof import("../core/webm-scan.js").scanWebm>>} [options.from]
   *     what a scan of the file found, to go on from; else it begins anew
   * @param {() => boolean} [options.makeRoom]  called when the disk is full; true
   *     if trying again may help
   */
  constructor({ file, channels, from, makeRoom }) {
    this.#file = file;
    this.#channels = channels;
    this.#makeRoom = makeRoom;
    file.truncate(from?.position ?? 0);
    if (from) {
      this.#track = from.track;
      this.#writer = createWebmWriter(from.track, from);
      this.#clustered = from.packets;
    }
  }

  /** What all packets so far play, in frames at 48 kHz. */
  get frames() {
    return this.#track
      ? framesOfPackets(this.#track, this.#writer?.packets ?? 0)
      : 0;
  }

  /** Whether a cluster waits to be flushed. */
  get hasNews() {
    return this.#file.size > this.flushed.bytes;
  }

  /**
   * Writes the header, unless it is there.
   *
   * @param {Uint8Array} codecPrivate  an OpusHead
   */
  begin(codecPrivate) {
    if (!this.#writer) {
      this.#track = { codecPrivate, channels: this.#channels };
      this.#writer = createWebmWriter(this.#track);
      this.#append(this.#writer.header());
    }
  }

  /** @param {Uint8Array} packet  the next one, after begin() */
  add(packet) {
    const cluster = this.#writer?.add(packet);
    if (this.#writer && cluster) {
      this.#append(cluster);
      this.#clustered = this.#writer.packets - 1;
    }
  }

  async flush() {
    const bytes = this.#file.size;
    const frames = this.#track
      ? framesOfPackets(this.#track, this.#clustered)
      : 0;
    await this.#file.flush();
    this.flushed = { bytes, seconds: frames / OPUS_RATE };
  }

  /**
   * Completes the file: the rest and the Cues first, the header last.
   *
   * @param {number} frames  at 48 kHz
   */
  async finish(frames) {
    if (!this.#writer) {
      throw new StudioError("ENCODER_FAILED");
    }
    const { tail, header } = this.#writer.finish(frames);
    this.#append(tail);
    await this.#file.flush();
    this.#file.overwrite(header, 0);
    await this.#file.flush();
    this.flushed = { bytes: this.#file.size, seconds: frames / OPUS_RATE };
  }

  /** @param {Uint8Array<ArrayBuffer>} bytes */
  #append(bytes) {
    appendWithRoom(this.#file, bytes, this.#makeRoom);
  }
}
