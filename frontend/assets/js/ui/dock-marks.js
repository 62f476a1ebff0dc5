import { find, listen, onPress, setAttribute, setLabel } from "./dom.js";
import { markerText } from "./markers.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./player.js").Player} Player */
/** @typedef {import("../core/markers.js").Moment} Moment */

/** What is nearer than this is the one that is played now. */
const SAME_SECONDS = 0.5;

/** While it plays on, the one before is still the one that was just reached. */
const BACK_SECONDS = 2;

/**
 * The markers of what is played: on its picture, and one after the other by two
 * buttons.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {Player} options.player
 * @param {import("./announcer.js").Announcer} options.announcer
 * @param {(id: string) => readonly Moment[] | undefined} options.momentsOf
 * @param {AbortSignal} options.signal
 */
export function mountDockMarks(root, options) {
  const { messages, player, announcer, momentsOf, signal } = options;
  const list = find(root, ".dock-marks", HTMLOListElement);
  /** @type {readonly Moment[]} */
  let moments = [];
  let shown = "";

  /** @param {Moment | undefined} moment */
  function go(moment) {
    if (moment) {
      player.seek(moment.seconds);
      announcer.say(markerText(messages, moment));
    }
  }
  const before = () => {
    const leave = player.isPlaying ? BACK_SECONDS : SAME_SECONDS;
    const limit = player.position - leave;
    return moments.filter(({ seconds }) => seconds < limit).at(-1);
  };
  const after = () =>
    moments.find(({ seconds }) => seconds > player.position + SAME_SECONDS);
  const previous = onPress(root, ".dock-previous", () => go(before()), signal);
  const next = onPress(root, ".dock-next", () => go(after()), signal);

  /** @param {Moment} moment */
  function markFor(moment) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    // The two buttons lead to each of them; a hundred stops of Tab would not.
    button.tabIndex = -1;
    button.dataset.kind = moment.kind;
    setLabel(button, markerText(messages, moment));
    button.addEventListener("click", () => go(moment), { signal });
    const share = Math.min(1, moment.seconds / player.length);
    item.style.insetInlineStart = `${share * 100}%`;
    item.append(button);
    return item;
  }

  function update() {
    const { id, length } = player;
    moments = (id !== null && length > 0 && momentsOf(id)) || [];
    const place = `${id} ${length} ${messages.locale} ${moments.length}`;
    if (place !== shown) {
      shown = place;
      list.replaceChildren(...moments.map(markFor));
    }
    for (const button of [previous, next]) {
      button.hidden = moments.length === 0;
    }
    setLabel(previous, messages.text("dock.previous"));
    setLabel(next, messages.text("dock.next"));
    setAttribute(list, "aria-label", messages.text("markers.list"));
    list.hidden = moments.length === 0;
  }

  listen(player, "changed", update, signal);
  listen(messages.changes, "changed", update, signal);
  update();
}
