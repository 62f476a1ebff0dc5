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

/** @typedef {import("./files.js").SpoolFile} SpoolFile */
/** @typedef {ReturnType<typeof createAudioFile>} AudioFile */

/**
 * @param {object} options
 * @param {SpoolFile} options.file
 * @param {number} options.channels
 * @param {ReturnType<typeof import("../core/webm-scan.js").scanWebm>} options.from
 *     what a scan of the file found, to go on from; null: the beginning
 * @param {() => boolean} options.makeRoom  called when the disk is full; true if
 *     trying again may help
 */
export function createAudioFile({ file, channels, from, makeRoom }) {
  let track = from?.track ?? null;
  let writer = track && from ? createWebmWriter(track, from) : null;
  let clustered = from?.packets ?? 0;
  let flushed = { bytes: 0, seconds: 0 };
  file.truncate(from?.position ?? 0);

  /** @param {() => void} write */
  function insist(write) {
    for (;;) {
      try {
        return write();
      } catch (error) {
        if (!makeRoom()) {
          throw error;
        }
      }
    }
  }

  return {
    /** Packets taken so far. */
    get packets() {
      return writer?.packets ?? 0;
    },

    /** What all packets so far play, at 48 kHz. */
    get frames() {
      return track ? framesOfPackets(track, this.packets) : 0;
    },

    /** What is on the disk for good, up to the end of a cluster. */
    get flushed() {
      return flushed;
    },

    read: file.read,

    /**
     * Writes the header, unless it is there.
     *
     * @param {Uint8Array} codecPrivate  an OpusHead
     */
    begin(codecPrivate) {
      if (!writer) {
        track = { codecPrivate, channels };
        writer = createWebmWriter(track);
        const header = writer.header();
        insist(() => file.append(header));
      }
    },

    /** @param {Uint8Array} packet  the next one, after begin() */
    add(packet) {
      const cluster = writer?.add(packet);
      if (cluster) {
        insist(() => file.append(cluster));
        clustered = this.packets - 1;
      }
    },

    flush() {
      file.flush();
      const frames = track ? framesOfPackets(track, clustered) : 0;
      flushed = { bytes: file.size, seconds: frames / OPUS_RATE };
    },

    /**
     * Completes the file: the rest and the Cues first, the header last.
     *
     * @param {number} frames  at 48 kHz
     */
    finish(frames) {
      if (!writer) {
        throw new StudioError("ENCODER_FAILED");
      }
      const { tail, header } = writer.finish(frames);
      insist(() => file.append(tail));
      file.flush();
      file.overwrite(header, 0);
      file.flush();
      flushed = { bytes: file.size, seconds: frames / OPUS_RATE };
    },
  };
}
