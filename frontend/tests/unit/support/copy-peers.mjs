/** @typedef {import("../../../assets/js/library/copies.js").CopyPeers} CopyPeers */
/** @typedef {import("../../../assets/js/library/copies.js").CopyOrder} CopyOrder */

/**
 * Pages that take turns at copies, and hear each other.
 *
 * @returns {() => CopyPeers} one more page
 */
export function createTurns() {
  /** @type {Map<string, Promise<unknown>>} */
  const turns = new Map();
  /** @type {((order: CopyOrder) => void)[]} */
  const listeners = [];

  return () => {
    /** @type {(order: CopyOrder) => void} */
    let own = () => undefined;
    return {
      alone(id, until, make) {
        const before = turns.get(id) ?? Promise.resolve();
        const turn = before.then(() => {
          until.throwIfAborted();
          return make();
        });
        const settled = turn.catch(() => undefined);
        turns.set(id, settled);
        return turn;
      },
      tell: (order) =>
        listeners.filter((heed) => heed !== own).forEach((heed) => heed(order)),
      listen(heed) {
        own = heed;
        listeners.push(heed);
      },
    };
  };
}
