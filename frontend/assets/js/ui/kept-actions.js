/** @typedef {import("./ports.js").KeptActions} KeptActions */

/**
 * The verbs of a take that was just kept. What they need is loaded later: they
 * wait for it. Only a name is written down at once, and nothing is played or shown
 * any more once a further take has begun.
 *
 * @param {object} options
 * @param {EventTarget} options.takes dispatches `begin` before each take
 * @param {(act: (parts: {actions: KeptActions}) => void) => void} options.use
 *   calls `act` once the verbs are there
 * @param {(id: string, name: string) => unknown} options.keepName
 * @returns {KeptActions}
 */
export function createKeptActions({ takes, use, keepName }) {
  /** @param {(actions: KeptActions) => void} act */
  function useNow(act) {
    let isLate = false;
    takes.addEventListener("begin", () => (isLate = true), { once: true });
    use(({ actions }) => void (isLate || act(actions)));
  }

  return {
    play: (row) => useNow((actions) => actions.play(row)),
    upload: (id) => use(({ actions }) => actions.upload(id)),
    download: (id) => use(({ actions }) => actions.download(id)),
    showReceipt: (id) => useNow((actions) => actions.showReceipt(id)),
    remove: (row) => use(({ actions }) => actions.remove(row)),
    rename(id, name) {
      keepName(id, name);
      use(({ actions }) => actions.rename(id, name));
    },
  };
}
