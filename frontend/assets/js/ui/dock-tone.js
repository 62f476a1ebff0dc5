import { BANDS, FLAT, isFlat } from "../core/tone.js";
import { find, listen, onPress, setAttribute } from "./dom.js";
import { showNumbers, sliderOf } from "./tone.js";

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
    showNumbers(sliders, tone, messages);
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
