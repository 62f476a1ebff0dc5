/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").LibraryRow} LibraryRow */

const NAME = "interrupted";

/**
 * The banner about takes of this device that were cut off. It offers and never blocks.
 *
 * @param {object} options
 * @param {Messages} options.messages
 * @param {import("./banners.js").Banners} options.banners
 * @param {import("./ports.js").LibraryActions} options.actions
 * @param {() => void} options.onShow
 */
export function createInterruptedBanner({
  messages,
  banners,
  actions,
  onShow,
}) {
  let shown = "";

  return {
    /** @param {readonly LibraryRow[]} rows */
    update(rows) {
      const cut = rows.filter(
        ({ state, onDevice }) => state === "interrupted" && onDevice,
      );
      const ids = cut.map(({ id }) => id).join(" ");
      if (ids === shown) {
        return;
      }
      shown = ids;
      if (cut.length === 0) {
        banners.remove(NAME);
        return;
      }
      banners.put(NAME, {
        icon: "warning",
        tone: "warn",
        text: () => messages.text("interrupted.banner", { count: cut.length }),
        actions: actionsFor(cut, { messages, actions, onShow }),
      });
    },
  };
}

/**
 * @param {readonly LibraryRow[]} cut
 * @param {{messages: Messages, actions: import("./ports.js").LibraryActions, onShow: () => void}} options
 */
function actionsFor(cut, { messages, actions, onShow }) {
  if (cut.length > 1) {
    return [
      {
        label: () => messages.text("interrupted.keepAll"),
        isMain: true,
        press: () => actions.recoverAll(cut),
      },
      { label: () => messages.text("interrupted.show"), press: onShow },
      {
        label: () => messages.text("interrupted.discardAll"),
        press: () => actions.discardAll(cut),
      },
    ];
  }
  const [row] = cut;
  return [
    {
      label: () => messages.text("action.keep"),
      isMain: true,
      press: () => actions.recover(row),
    },
    {
      label: () => messages.text("action.continue"),
      press: () => actions.goOn(row),
    },
    {
      label: () => messages.text("action.play"),
      press: () => actions.play(row),
    },
    {
      label: () => messages.text("action.discard"),
      press: () => actions.discard(row),
    },
  ];
}
