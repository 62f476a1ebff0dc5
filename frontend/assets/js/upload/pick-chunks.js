/**
 * What of an upload is sent now, as far as it is not under way: pure.
 *
 * @module
 */
import { nextCluster, nextFixed } from "./chunks.js";
import { MOST_LANES } from "./lanes.js";

/** @typedef {import("./chunks.js").Chunk} Chunk */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./transitions.js").UploaderState} UploaderState */

/**
 * @param {UploaderState} state
 * @param {Layout} layout
 */
export function pickChunks(state, layout) {
  return layout.kind === "fixed"
    ? pickFixed(state, layout)
    : pickLive(state, layout);
}

/** @param {UploaderState} state @returns {number} that a chunk begun now has */
export function mostBytes({ chunkSize, longestBytes }) {
  return Math.min(chunkSize, longestBytes);
}

/**
 * @param {UploaderState} state
 * @param {Layout} layout
 */
function pickLive(state, layout) {
  const { source, inFlight, isDue } = state;
  const limits = { isDue, longestBytes: mostBytes(state) };
  const chunk =
    inFlight.length === 0 ? nextCluster(layout, source, limits) : null;
  return chunk ? [chunk] : [];
}

/**
 * @param {UploaderState} state
 * @param {Layout} layout
 */
function pickFixed({ source, inFlight }, layout) {
  const taken = new Set(inFlight.map(({ index }) => index));
  /** @type {Chunk[]} */
  const chunks = [];
  // How many of them are under way is decided where all uploads meet (line.js).
  while (taken.size < MOST_LANES) {
    const chunk = nextFixed(layout, source, taken);
    if (!chunk) {
      break;
    }
    taken.add(chunk.index);
    chunks.push(chunk);
  }
  return chunks;
}
