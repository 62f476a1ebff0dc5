/**
 * Changes of a file that are still to be carried out, in the order they were
 * made, and what the file is like after them. Carried out twice they do no harm.
 *
 * @module
 */

/** @typedef {{at: number, bytes: Uint8Array<ArrayBuffer> | null}} Change  null: the file ends there */

/**
 * @param {number} end  of the file before
 * @param {readonly Change[]} changes
 * @returns {number}
 */
export function endAfter(end, changes) {
  return changes.reduce(
    (last, { at, bytes }) =>
      bytes ? Math.max(last, at + bytes.length) : Math.min(last, at),
    end,
  );
}

/**
 * A stretch of the file: at most `length` bytes from `from` on.
 *
 * @param {Uint8Array} before  the same stretch, or what there was of it
 * @param {{from: number, length: number}} stretch
 * @param {readonly Change[]} changes
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function applyChanges(before, { from, length }, changes) {
  const stretch = new Uint8Array(length);
  let end = Math.min(before.length, length);
  stretch.set(before.subarray(0, end));
  for (const { at, bytes } of changes) {
    const start = Math.max(0, at - from);
    if (bytes) {
      const first = Math.max(0, from - at);
      const part = bytes.subarray(first, first + Math.max(0, length - start));
      if (part.length > 0) {
        stretch.set(part, start);
        end = Math.max(end, start + part.length);
      }
    } else if (start < end) {
      stretch.fill(0, start, end);
      end = start;
    }
  }
  return stretch.subarray(0, end);
}
