/**
 * Recordings in other formats, made on this device and handed to the browser as a
 * download.
 *
 * @module
 */
import { bitRate, fileName } from "../core/audio-formats.js";
import { StudioError } from "../core/errors.js";
import { demandRoom } from "./room.js";

/** @typedef {import("../core/audio-formats.js").AudioFormat} AudioFormat */
/** @typedef {import("./rows.js").LibraryRow} LibraryRow */
/** @typedef {{sizeBytes: number, mimeType: string}} Made */

/** A second of sound as recordings have it at most, 24 bits a sample. */
const PCM_BYTES = 48_000 * 2 * 3;

/**
 * @param {object} options
 * @param {() => Promise<LibraryRow[]>} options.list
 * @param {{stored: (id: string) => Promise<{blob: (mimeType: string) => Promise<Blob>}>}} options.files
 * @param {import("./scratch.js").Scratch} options.scratch
 * @param {import("./room.js").Device} options.device
 * @param {(fileId: string) => string} options.audioUrl
 * @param {(job: any, options: {signal: AbortSignal, onProgress: (fraction: number) => void}) => Promise<Made>} options.convert
 * @param {(blob: Blob, name: string, onSaved: () => void) => void} options.save
 */
export function createExports(options) {
  const { list, files, scratch, device, audioUrl, convert, save } = options;

  /** @param {LibraryRow} row */
  function sourceOf({ id, fileId, onDevice, sizeBytes }) {
    return onDevice ? { id } : { url: audioUrl(fileId ?? id), sizeBytes };
  }

  return {
    /**
     * @param {string} id
     * @param {AudioFormat} format
     * @param {{signal: AbortSignal, onProgress: (fraction: number) => void}} run
     */
    async run(id, format, run) {
      const row = (await list()).find((one) => one.id === id);
      if (!row) {
        throw new StudioError("NOT_FOUND");
      }
      await demandRoom(device, bytesIn(row, format));
      const to = `export-${crypto.randomUUID()}`;
      await scratch.begin(to);
      try {
        const tags = { title: row.name, date: new Date(row.timestamp) };
        const from = sourceOf(row);
        const { mimeType } = await convert({ from, to, format, tags }, run);
        const blob = await (await files.stored(to)).blob(mimeType);
        save(blob, fileName({ name: row.name, mimeType }), () => {
          scratch.remove(to).catch(() => undefined);
        });
      } catch (error) {
        await scratch.remove(to).catch(() => undefined);
        throw error;
      }
    },
  };
}

/**
 * @param {LibraryRow} row
 * @param {AudioFormat} format
 * @returns {number} at most, about
 */
function bytesIn({ durationMs, sizeBytes }, format) {
  const seconds = (durationMs ?? 0) / 1000;
  return format === "mp3" || format === "m4a"
    ? (seconds * bitRate(format, 2)) / 8
    : Math.max(sizeBytes, seconds * PCM_BYTES);
}
