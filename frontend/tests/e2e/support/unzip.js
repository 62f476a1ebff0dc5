/** Reads a zip whose files are stored as they are. */

const END = 0x06054b50;
const END_BYTES = 22;

/**
 * @param {Uint8Array} bytes
 * @returns {Map<string, Uint8Array>} name -> bytes
 */
export function unzip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - END_BYTES;
  if (view.getUint32(end, true) !== END) {
    throw new Error("the zip has no end");
  }
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    const [size, names, extra, comment] = [
      view.getUint32(at + 20, true),
      ...[28, 30, 32].map((place) => view.getUint16(at + place, true)),
    ];
    const name = bytes.subarray(at + 46, at + 46 + names);
    const header = view.getUint32(at + 42, true);
    const from =
      header +
      30 +
      view.getUint16(header + 26, true) +
      view.getUint16(header + 28, true);
    files.set(
      new TextDecoder().decode(name),
      bytes.subarray(from, from + size),
    );
    at += 46 + names + extra + comment;
  }
  return files;
}
