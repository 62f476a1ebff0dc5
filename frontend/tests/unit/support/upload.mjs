/** Uploads without a server: what they are of, what they are told and want. */
import { createUploader } from "../../../assets/js/upload/transitions.js";
import { step } from "../../../assets/js/upload/uploader.js";

/** @typedef {import("../../../assets/js/upload/transitions.js").Effect} Effect */
/** @typedef {import("../../../assets/js/upload/chunks.js").Chunk} Chunk */
/** @typedef {import("../../../assets/js/upload/layout.js").UploadStatus} UploadStatus */

export const MIB = 1024 * 1024;
export const HEADER = 4096;
export const NOW = 1_700_000_000_000;

/** @param {number} availableBytes */
export const finished = (availableBytes) => ({
  availableBytes,
  isFinished: true,
  headerBytes: HEADER,
  borders: [],
});

/** @param {number[]} ends of clusters */
export const running = (...ends) => ({
  availableBytes: ends.at(-1) ?? 0,
  isFinished: false,
  headerBytes: HEADER,
  borders: ends.map((to, index) => ({ to, seconds: index + 1 })),
});

/** @param {Partial<UploadStatus>} parts @returns {UploadStatus} */
export const status = (parts) => ({
  total_chunks: null,
  chunk_size: null,
  received_bytes: parts.prefix_bytes ?? 0,
  prefix_chunks: 0,
  prefix_bytes: 0,
  provisional: false,
  missing: [],
  ...parts,
});

/**
 * An upload that tells what it wants done.
 *
 * @param {Parameters<typeof createUploader>[0]} options
 */
export function begin(options) {
  let state = createUploader(options);
  /** @type {Effect[]} */
  let effects = [];

  /** @param {any} event without its epoch, if it has one */
  function tell(event) {
    const { epoch } = state;
    ({ state, effects } = step(state, { epoch, ...event }));
    return upload;
  }
  const upload = {
    tell,
    state: () => state,
    wants: () => effects.map(({ type }) => type).filter((t) => t !== "abort"),
    effect: () => effects.filter(({ type }) => type !== "abort")[0],
    /** @returns {Chunk[]} */
    sends: () =>
      effects.flatMap((one) => (one.type === "send" ? [one.chunk] : [])),
    /** Accepts everything that is sent, until nothing more is. */
    deliver() {
      /** @type {Chunk[]} */
      const sent = [];
      for (let queue = this.sends(); queue.length > 0;) {
        const chunk = /** @type {Chunk} */ (queue.shift());
        sent.push(chunk);
        tell({ type: "accepted", chunk });
        queue.push(...this.sends());
      }
      return sent;
    },
    /** @param {UploadStatus | null} answer */
    answered: (answer) =>
      tell({ type: "status", status: answer, chunkSize: MIB }),
    /** @param {number} code @param {string | null} [name] @param {number | null} [retryAfterMs] */
    refused: (code, name = null, retryAfterMs = null) =>
      tell({
        type: "refused",
        failure: { status: code, code: name, retryAfterMs },
        random: 1,
        now: NOW,
      }),
  };
  return upload;
}

/** @param {Chunk[]} chunks */
export const ranges = (chunks) => chunks.map(({ from, to }) => [from, to]);
