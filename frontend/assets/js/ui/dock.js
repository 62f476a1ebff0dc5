import {
  find,
  listen,
  onPress,
  setAttribute,
  setIcon,
  setLabel,
  setText,
} from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./player.js").Player} Player */

const JUMP_SECONDS = 10;

/**
 * The player at the lower edge, shown while a recording is loaded.
 *
 * @param {HTMLElement} root
 * @param {{messages: Messages, player: Player, signal: AbortSignal}} options
 */
export function mountDock(root, { messages, player, signal }) {
  const name = find(root, ".dock-name", HTMLElement);
  const time = find(root, ".dock-time", HTMLElement);
  const length = find(root, ".dock-length", HTMLElement);
  const slider = find(root, ".slider", HTMLInputElement);
  /** @param {number} seconds */
  const jump = (seconds) => player.seek(player.position + seconds);

  const back = onPress(root, ".dock-back", () => jump(-JUMP_SECONDS), signal);
  const forward = onPress(
    root,
    ".dock-forward",
    () => jump(JUMP_SECONDS),
    signal,
  );
  const play = onPress(root, ".dock-play", toggle, signal);
  onPress(root, ".dock-close", () => player.close(), signal);
  slider.addEventListener("input", () => player.seek(slider.valueAsNumber), {
    signal,
  });

  function toggle() {
    if (player.id !== null) {
      player.toggle({ id: player.id, name: player.name });
    }
  }

  function writeLabels() {
    setLabel(back, messages.text("dock.back"));
    setLabel(forward, messages.text("dock.forward"));
    setLabel(
      play,
      messages.text(player.isPlaying ? "dock.pause" : "dock.play"),
    );
    setIcon(play, player.isPlaying ? "pause" : "play");
  }

  function update() {
    root.hidden = player.id === null;
    writeLabels();
    setText(name, player.name);
    setText(time, messages.clock(player.position));
    setText(length, messages.clock(player.length));
    slider.max = String(player.length);
    slider.value = String(player.position);
    const spoken = {
      time: messages.duration(player.position),
      length: messages.duration(player.length),
    };
    setAttribute(slider, "aria-valuetext", messages.text("dock.at", spoken));
  }

  listen(player, "changed", update, signal);
  listen(messages.changes, "changed", update, signal);
  update();
  return { update };
}
