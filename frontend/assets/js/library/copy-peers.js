/**
 * Pages of this origin that bring copies here: one of them at a time brings each,
 * by a Web Lock `copy:<id>`, and all hear that copies shall end.
 *
 * @module
 */

/** @typedef {import("./copies.js").CopyPeers} CopyPeers */

const CHANNEL = "waveforge-copies";

/**
 * @param {Pick<LockManager, "request"> | undefined} locks
 * @param {AbortSignal} signal ends with the page
 * @returns {CopyPeers}
 */
export function createCopyPeers(locks, signal) {
  const channel = openChannel(signal);
  return {
    // Without locks, by plain http, nothing is brought here by anyone.
    alone: (id, until, make) =>
      locks ? locks.request(`copy:${id}`, { signal: until }, make) : make(),

    tell: (order) => channel.postMessage(order),

    listen(heed) {
      const hear = (/** @type {MessageEvent} */ { data }) => heed(data);
      channel.addEventListener("message", hear, { signal });
    },
  };
}

/**
 * For work besides copies: a take that begins tells copies to make way, in its own
 * page and in others.
 *
 * @param {() => void} onTake
 * @param {AbortSignal} signal ends with the page
 */
export function hearTakes(onTake, signal) {
  const hear = (/** @type {MessageEvent} */ { data }) =>
    data.type === "makeWay" ? onTake() : undefined;
  openChannel(signal).addEventListener("message", hear, { signal });
}

/** @param {AbortSignal} signal */
function openChannel(signal) {
  const channel = new BroadcastChannel(CHANNEL);
  signal.addEventListener("abort", () => channel.close(), { once: true });
  return channel;
}
