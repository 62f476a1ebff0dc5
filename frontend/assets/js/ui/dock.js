import {
  find,
  focusHeading,
  listen,
  onPress,
  setAttribute,
  setIcon,
  setLabel,
  setText,
} from "./dom.js";
import { mountDockMarks } from "./dock-marks.js";
import { mountDockSettings } from "./dock-settings.js";
import { mountDockTone } from "./dock-tone.js";
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
 * @param {(id: string) => readonly import("../core/markers.js").Moment[] | undefined} options.momentsOf
 * @param {import("./announcer.js").Announcer} options.announcer
 * @param {AbortSignal} options.signal
 */
export function mountDock(root, options) {
  const { messages, player, peaksOf, signal } = options;
  const name = find(root, ".dock-name", HTMLElement);
  const time = find(root, ".dock-time", HTMLElement);
  const length = find(root, ".dock-length", HTMLElement);
  const slider = find(root, ".dock-slider", HTMLInputElement);
  const canvas = find(root, ".dock-wave canvas", HTMLCanvasElement);
  mountDockSettings(root, { messages, player, signal });
  mountDockTone(root, { messages, player, signal });
  mountDockMarks(root, options);
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
    const hadFocus = root.contains(document.activeElement);
    root.hidden = player.id === null;
    if (root.hidden && hadFocus) {
      focusHeading();
    }
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
