import {
  find,
  listen,
  onPress,
  setAttribute,
  setIcon,
  setLabel,
  setText,
} from "./dom.js";
import { mountDockSettings } from "./dock-settings.js";
import { paintDockWave } from "./dock-wave.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./player.js").Player} Player */

const JUMP_SECONDS = 10;

/**
 * The player at the lower edge, shown while a recording is loaded.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {Player} options.player
 * @param {(id: string) => Uint8Array | null | undefined} options.peaksOf
 * @param {AbortSignal} options.signal
 */
export function mountDock(root, { messages, player, peaksOf, signal }) {
  const name = find(root, ".dock-name", HTMLElement);
  const time = find(root, ".dock-time", HTMLElement);
  const length = find(root, ".dock-length", HTMLElement);
  const slider = find(root, ".dock-slider", HTMLInputElement);
  const canvas = find(root, ".dock-wave canvas", HTMLCanvasElement);
  mountDockSettings(root, { messages, player, signal });
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

  function paint() {
    if (player.id !== null) {
      const peaks = peaksOf(player.id);
      const played = player.length > 0 ? player.position / player.length : 0;
      paintDockWave(canvas, { peaks, played });
    }
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
    paint();
  }

  const sizes = new ResizeObserver(paint);
  sizes.observe(canvas);
  signal.addEventListener("abort", () => sizes.disconnect(), { once: true });

  listen(player, "changed", update, signal);
  listen(messages.changes, "changed", update, signal);
  update();
  return { update };
}
