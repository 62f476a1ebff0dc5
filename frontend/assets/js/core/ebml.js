/**
 * EBML elements (RFC 8794) as bytes: the few kinds that WebM needs, written and
 * read. An element is an id, a size and a body; ids are given as they stand in
 * the file, marker bit included (`0x1a45dfa3`).
 */

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

/**
 * @typedef {object} ElementHead
 * @property {number} id
 * @property {number} size  of the body; Infinity if the writer did not know it
 * @property {number} bytes  length of id and size together
 */

/**
 * @param {readonly Uint8Array[]} parts
 * @returns {Bytes}
 */
export function concat(parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * A whole element.
 *
 * @param {number} id
 * @param {readonly Uint8Array[]} body
 * @param {number} [sizeBytes]  width of the size field; the least by default
 */
export function element(id, body, sizeBytes) {
  const length = body.reduce((sum, part) => sum + part.length, 0);
  return concat([uint(id), vint(length, sizeBytes), ...body]);
}

/**
 * Filler of exactly `length` bytes, at least 2.
 *
 * @param {number} length
 */
export function voidElement(length) {
  const sizeBytes = length - 2 < 127 ? 1 : 8;
  return element(0xec, [new Uint8Array(length - 1 - sizeBytes)], sizeBytes);
}

/**
 * An unsigned integer, big endian, in as few bytes as hold it.
 *
 * @param {number} value  an integer below 2^53
 * @param {number} [width]  bytes to use
 * @returns {Bytes}
 */
export function uint(value, width = uintWidth(value)) {
  const bytes = new Uint8Array(width);
  let rest = value;
  for (let i = width - 1; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

/** @param {number} value */
function uintWidth(value) {
  let width = 1;
  while (value >= 256 ** width) {
    width++;
  }
  return width;
}

/**
 * @param {number} value
 * @returns {Bytes}
 */
export function float64(value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return bytes;
}

/** @param {string} text  ASCII */
export function ascii(text) {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/**
 * A variable-length size; a width whose value bits are all ones is kept for
 * "unknown".
 *
 * @param {number} value
 * @param {number} [width]
 * @returns {Bytes}
 */
export function vint(value, width = vintWidth(value)) {
  const bytes = uint(value, width);
  bytes[0] |= 0x80 >> (width - 1);
  return bytes;
}

/** @param {number} value */
function vintWidth(value) {
  let width = 1;
  while (value >= 2 ** (7 * width) - 1) {
    width++;
  }
  return width;
}

/**
 * The size field that says "unknown", in `width` bytes.
 *
 * @param {number} width
 * @returns {Bytes}
 */
export function unknownSize(width) {
  const bytes = new Uint8Array(width).fill(0xff);
  bytes[0] = 0xff >> (width - 1);
  return bytes;
}

/**
 * Id and size of the element that begins at `at`, or null if they are not whole
 * there or are no EBML.
 *
 * @param {Uint8Array} bytes
 * @param {number} at
 * @returns {ElementHead | null}
 */
export function readHead(bytes, at) {
  const idBytes = markedWidth(bytes, at);
  const sizeAt = at + idBytes;
  const sizeBytes =
    idBytes > 0 && idBytes <= 4 ? markedWidth(bytes, sizeAt) : 0;
  if (sizeBytes === 0 || sizeAt + sizeBytes > bytes.length) {
    return null;
  }
  return {
    id: readUint(bytes, at, idBytes),
    size: readSize(bytes, sizeAt, sizeBytes),
    bytes: idBytes + sizeBytes,
  };
}

/**
 * Width of the variable-length number at `at`; 0 if there is none.
 *
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function markedWidth(bytes, at) {
  const first = bytes[at] ?? 0;
  return first === 0 ? 0 : Math.clz32(first) - 23;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {number} width
 */
function readSize(bytes, at, width) {
  const lead = bytes[at] & ((0x80 >> (width - 1)) - 1);
  const value = lead * 256 ** (width - 1) + readUint(bytes, at + 1, width - 1);
  const unknown = 2 ** (7 * width) - 1;
  return value === unknown ? Infinity : value;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {number} width
 */
export function readUint(bytes, at, width) {
  let value = 0;
  for (let i = at; i < at + width; i++) {
    value = value * 256 + bytes[i];
  }
  return value;
}

/**
 * The elements inside `[from, to)`, each with the place of its body; stops at
 * the first that is not whole.
 *
 * @param {Uint8Array} bytes
 * @param {number} from
 * @param {number} to
 * @returns {Generator<{id: number, at: number, from: number, to: number}>}
 */
export function* children(bytes, from, to) {
  let at = from;
  while (at < to) {
    const head = readHead(bytes, at);
    if (!head || at + head.bytes + head.size > to) {
      return;
    }
    const body = at + head.bytes;
    yield { id: head.id, at, from: body, to: body + head.size };
    at = body + head.size;
  }
}
