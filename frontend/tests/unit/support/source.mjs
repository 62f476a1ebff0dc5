/**
 * @template Item
 * @param {AsyncIterable<Item>} items
 */
export async function collect(items) {
  /** @type {Item[]} */
  const all = [];
  for await (const item of items) {
    all.push(item);
  }
  return all;
}

/**
 * Bytes in memory as the random access that scanners want.
 *
 * @param {Uint8Array} bytes
 */
export function sourceOf(bytes) {
  return {
    size: bytes.length,
    /** @param {number} from @param {number} length */
    read: (from, length) => bytes.subarray(from, from + length),
  };
}
