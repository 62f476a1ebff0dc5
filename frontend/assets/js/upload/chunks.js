/**
 * Which bytes are sent next, as which chunk: pure. The two layouts are described
 * in layout.js.
 *
 * @module
 */

/** @typedef {import("./layout.js").Layout} Layout */

/**
 * A chunk to be sent: bytes [from, to) as chunk `index`.
 *
 * @typedef {object} Chunk
 * @property {number} index
 * @property {number} from
 * @property {number} to
 * @property {number | null} total number of chunks, where known
 * @property {number | null} chunkSize
 * @property {boolean} provisional
 */

/**
 * What there is to send.
 *
 * @typedef {object} Source
 * @property {number} availableBytes flushed so far; may be sent
 * @property {boolean} isFinished nothing will be added, the header is final
 * @property {number} headerBytes
 * @property {{to: number, seconds: number}[]} borders ends of clusters that are
 *   not yet acknowledged, and how much audio there is up to each
 */

/**
 * @param {number} bytes
 * @param {number} chunkSize
 */
export function countChunks(bytes, chunkSize) {
  return Math.max(1, Math.ceil(bytes / chunkSize));
}

/**
 * @param {Layout} layout
 * @param {Source} source
 * @param {object} limits
 * @param {boolean} limits.isDue whether a short chunk may be sent now
 * @param {number} limits.longestBytes most that one request carries
 * @returns {Chunk | null} null if there is nothing to send at present
 */
export function nextCluster(layout, source, { isDue, longestBytes }) {
  const { nextIndex: index, ackBytes: from } = layout;
  if (index === 0) {
    return source.availableBytes >= source.headerBytes
      ? header(layout, source)
      : null;
  }
  const pending = source.availableBytes - from;
  if (pending > 0) {
    const mayGo = isDue || source.isFinished || pending >= longestBytes;
    return mayGo ? cluster({ index, from, longestBytes }, source) : null;
  }
  const isSealing = source.isFinished && layout.isProvisional;
  return isSealing ? header(layout, source) : null;
}

/**
 * Chunk 0: provisional while the take runs, sealed once all else has arrived.
 *
 * @param {Layout} layout
 * @param {Source} source
 * @returns {Chunk}
 */
function header(layout, source) {
  const isSealing = layout.nextIndex > 0;
  return {
    index: 0,
    from: 0,
    to: source.headerBytes,
    total: isSealing ? layout.nextIndex : null,
    chunkSize: null,
    provisional: !isSealing,
  };
}

/**
 * @param {{index: number, from: number, longestBytes: number}} start
 * @param {Source} source
 * @returns {Chunk}
 */
function cluster({ index, from, longestBytes }, source) {
  const to = findEnd(from, from + longestBytes, source);
  const isLast = source.isFinished && to === source.availableBytes;
  return {
    index,
    from,
    to,
    total: isLast ? index + 1 : null,
    chunkSize: null,
    provisional: false,
  };
}

/**
 * The last end of a cluster within the limit; the limit, where none is known.
 *
 * @param {number} from
 * @param {number} limit
 * @param {Source} source
 */
function findEnd(from, limit, { availableBytes, borders }) {
  if (availableBytes <= limit) {
    return availableBytes;
  }
  const within = borders.filter(({ to }) => to > from && to <= limit);
  return within.length > 0 ? within[within.length - 1].to : limit;
}

/**
 * @param {Layout} layout
 * @param {Source} source
 * @param {ReadonlySet<number>} inFlight indexes being sent
 * @returns {Chunk | null}
 */
export function nextFixed(layout, source, inFlight) {
  const { chunkSize } = layout;
  for (const [first, last] of layout.missing) {
    for (let index = first; index <= last; index += 1) {
      if (!inFlight.has(index)) {
        return {
          index,
          from: index * chunkSize,
          to: Math.min((index + 1) * chunkSize, source.availableBytes),
          total: countChunks(source.availableBytes, chunkSize),
          chunkSize,
          provisional: false,
        };
      }
    }
  }
  return null;
}
