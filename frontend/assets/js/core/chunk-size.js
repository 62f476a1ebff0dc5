/**
 * How large the chunks of finished recordings are, as a person sets it: a
 * preference in bytes.
 *
 * @module
 */

/** What may be wished for. */
export const CHUNK_SIZES = Object.freeze(
  [0.25, 0.5, 1, 2, 4, 8, 16].map((mebibytes) => mebibytes * 1024 ** 2),
);

/** @typedef {{chunk_size: number, max_chunk_size: number}} ServerSizes */

/**
 * @param {unknown} stored the preference
 * @returns {number | null} bytes; null: as the server advises
 */
export function chunkSizeOf(stored) {
  return CHUNK_SIZES.find((size) => size === Number(stored)) ?? null;
}

/**
 * @param {ServerSizes} server
 * @param {number | null} wished
 */
export function chunkSizeFor({ chunk_size, max_chunk_size }, wished) {
  return Math.min(wished ?? chunk_size, max_chunk_size);
}
