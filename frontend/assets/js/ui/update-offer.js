/**
 * Offers a new version of the studio when one is ready.
 *
 * @param {object} options
 * @param {import("../core/messages.js").Messages} options.messages
 * @param {import("./banners.js").Banners} options.banners
 * @returns {(apply: () => void) => void} shows the offer
 */
export function createUpdateOffer({ messages, banners }) {
  return (apply) =>
    banners.put("update", {
      icon: "download",
      text: () => messages.text("update.offer"),
      actions: [
        {
          label: () => messages.text("update.apply"),
          isMain: true,
          press: apply,
        },
      ],
    });
}
