/**
 * The last moments before a take, as blocks of audio: no more than was asked for
 * is ever kept.
 *
 * @module
 */

/** @typedef {{first: number, channels: Float32Array<ArrayBuffer>[]}} Block */

export function createPreRoll() {
  /** @type {Block[]} */
  let blocks = [];
  let most = 0;

  /** Lets go of blocks that lie before what is kept. */
  function trim() {
    const end = blocks.length > 0 ? endOf(blocks[blocks.length - 1]) : 0;
    const spare = blocks.findIndex((block) => endOf(block) > end - most);
    blocks = spare < 0 ? [] : blocks.slice(spare);
    return end - most;
  }

  return {
    get isWanted() {
      return most > 0;
    },

    /** @param {number} frames  to keep at most; 0: none */
    keep(frames) {
      most = frames;
      trim();
    },

    /** @param {Block} block  a later one than those before */
    push(block) {
      blocks.push(block);
      trim();
    },

    /**
     * Gives what is kept, to the frame, and keeps nothing of it.
     *
     * @returns {Block[]} `first` counts from the first frame that is kept
     */
    take() {
      const from = Math.max(trim(), blocks[0]?.first ?? 0);
      const taken = blocks.map((block) => cutBefore(block, from));
      blocks = [];
      return taken;
    },

    clear() {
      blocks = [];
    },
  };
}

/** @param {Block} block */
function endOf({ first, channels }) {
  return first + channels[0].length;
}

/**
 * @param {Block} block
 * @param {number} from  which becomes frame 0
 */
function cutBefore({ first, channels }, from) {
  const spare = Math.max(0, from - first);
  const cut = spare > 0 ? channels.map((all) => all.slice(spare)) : channels;
  return { first: first + spare - from, channels: cut };
}
