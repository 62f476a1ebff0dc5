/** @typedef {import("./ports.js").KeptActions} KeptActions */

/**
 * The verbs of a take that was just kept. What they need is loaded later: they
 * wait for it. Only a name is written down at once.
 *
 * @param {object} options
 * @param {(act: (parts: {actions: KeptActions}) => void) => void} options.use
 *   calls `act` once the verbs are there
 * @param {(id: string, name: string) => unknown} options.keepName
 * @returns {KeptActions}
 */
export function createKeptActions({ use, keepName }) {
  return {
    play: (row) => use(({ actions }) => actions.play(row)),
    upload: (id) => use(({ actions }) => actions.upload(id)),
    download: (id) => use(({ actions }) => actions.download(id)),
    showReceipt: (id) => use(({ actions }) => actions.showReceipt(id)),
    remove: (row) => use(({ actions }) => actions.remove(row)),
    rename(id, name) {
      keepName(id, name);
      use(({ actions }) => actions.rename(id, name));
    },
  };
}
