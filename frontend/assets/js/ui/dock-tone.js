import { BANDS, FLAT, isFlat } from "../core/tone.js";
import { find, listen, onPress, setAttribute, setText } from "./dom.js";
import { signed, sliderOf } from "./tone.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./player.js").Player} Player */

/**
 * The equaliser of what is played, behind a button that says whether it is on.
 *
 * @param {HTMLElement} root
 * @param {{messages: Messages, player: Player, signal: AbortSignal}} options
 */
export function mountDockTone(root, { messages, player, signal }) {
  const box = find(root, ".dock-tone", HTMLFieldSetElement);
  const more = onPress(
    root,
    ".dock-eq",
    () => open(Boolean(box.hidden)),
    signal,
  );
  const sliders = BANDS.map(({ name }) => sliderOf(box, name, `dock-${name}`));

  /** @param {boolean} isOpen */
  function open(isOpen) {
    box.hidden = !isOpen;
    setAttribute(more, "aria-expanded", String(isOpen));
  }

  function read() {
    const numbers = Object.fromEntries(
      sliders.map(({ name, slider }) => [name, slider.valueAsNumber]),
    );
    player.set({ tone: { ...FLAT, ...numbers } });
  }

  function write() {
    const { tone } = player.playback;
    for (const { name, slider, value } of sliders) {
      const number = signed(messages, tone[name]);
      slider.value = String(tone[name]);
      setText(value, messages.text("tone.value", { value: number }));
      const words = messages.text("tone.words", { value: number });
      setAttribute(slider, "aria-valuetext", words);
    }
    const key = isFlat(tone) ? "dock.eqOff" : "dock.eqOn";
    setAttribute(more, "aria-label", messages.text(key));
    setAttribute(more, "title", messages.text(key));
    setAttribute(more, "data-on", isFlat(tone) ? null : "");
  }

  box.addEventListener("input", read, { signal });
  box.addEventListener(
    "keydown",
    ({ key }) => {
      if (key === "Escape") {
        open(false);
        more.focus();
      }
    },
    { signal },
  );
  onPress(box, ".reset", () => player.set({ tone: FLAT }), signal);
  listen(player, "set", write, signal);
  listen(messages.changes, "changed", write, signal);
  write();
}
