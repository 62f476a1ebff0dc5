/**
 * What the end of any WebM says of its last packet: how much of it is not to be
 * heard. Pure.
 *
 * @module
 */
import { children, readHead, readUint } from "./ebml.js";
import { ID } from "./webm-elements.js";

/** So much of a file's end holds its last cluster, and Cues behind it. */
export const TAIL_BYTES = 1 << 20;

const CLUSTER_ID = [0x1f, 0x43, 0xb6, 0x75];

/**
 * @param {Uint8Array} tail the end of a WebM, at most TAIL_BYTES of it
 * @returns {number} nanoseconds that its last block does not play; 0 if nothing is
 *   said of it
 */
export function paddingAtEnd(tail) {
  for (let at = tail.length - CLUSTER_ID.length; at >= 0; at -= 1) {
    const blocks = isCluster(tail, at) ? blocksOf(tail, at) : [];
    const last = blocks.at(-1);
    if (last) {
      return last.id === ID.blockGroup ? paddingOf(tail, last) : 0;
    }
  }
  return 0;
}

/** @param {Uint8Array} bytes @param {number} at */
function isCluster(bytes, at) {
  return CLUSTER_ID.every((byte, i) => bytes[at + i] === byte);
}

/**
 * Blocks of the cluster that begins there; none, if those bytes are no cluster but
 * happen to look like one.
 *
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function blocksOf(bytes, at) {
  const head = readHead(bytes, at);
  if (!head) {
    return [];
  }
  const from = at + head.bytes;
  const to = Math.min(bytes.length, from + head.size);
  const found = [...children(bytes, from, to)];
  const isTimed = found[0]?.id === ID.timestamp;
  return isTimed
    ? found.filter(({ id }) => id === ID.simpleBlock || id === ID.blockGroup)
    : [];
}

/**
 * @param {Uint8Array} bytes
 * @param {{from: number, to: number}} group
 */
function paddingOf(bytes, { from, to }) {
  const found = [...children(bytes, from, to)].find(
    ({ id }) => id === ID.discardPadding,
  );
  return found ? readUint(bytes, found.from, found.to - found.from) : 0;
}
