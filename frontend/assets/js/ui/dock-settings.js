import { find, listen, onPress, setAttribute, setLabel } from "./dom.js";
import { RATES } from "./playback.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./player.js").Player} Player */

const PERCENT = 100;

/**
 * How fast, how loud, and whether over and over.
 *
 * @param {HTMLElement} root
 * @param {{messages: Messages, player: Player, signal: AbortSignal}} options
 */
export function mountDockSettings(root, { messages, player, signal }) {
  const rate = find(root, ".dock-rate", HTMLSelectElement);
  const volume = find(root, ".dock-volume input", HTMLInputElement);
  const options = RATES.map((each) => new Option("", String(each)));
  rate.append(...options);
  const loop = onPress(
    root,
    ".dock-loop",
    () => player.set({ isLooped: !player.playback.isLooped }),
    signal,
  );
  rate.addEventListener(
    "change",
    () => player.set({ rate: Number(rate.value) }),
    { signal },
  );
  volume.addEventListener(
    "input",
    () => player.set({ volume: volume.valueAsNumber / PERCENT }),
    { signal },
  );

  function update() {
    const { playback } = player;
    for (const option of options) {
      const value = messages.number(Number(option.value));
      option.text = messages.text("dock.times", { value });
    }
    rate.value = String(playback.rate);
    volume.value = String(Math.round(playback.volume * PERCENT));
    const spoken = messages.percent(playback.volume);
    setAttribute(volume, "aria-valuetext", spoken);
    setAttribute(volume, "title", spoken);
    setLabel(loop, messages.text("dock.loop"));
    setAttribute(loop, "aria-pressed", String(playback.isLooped));
  }

  listen(player, "set", update, signal);
  listen(messages.changes, "changed", update, signal);
  update();
}
