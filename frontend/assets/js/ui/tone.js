import { listFormat } from "../core/intl.js";
import { FLAT, MOST_DB, NUMBERS, STEP_DB, isFlat } from "../core/tone.js";
import { find, listen, onPress, setAttribute, setText } from "./dom.js";
import { isRunning } from "./take-state.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").Tone} Tone */
/** @typedef {{tune: (tone: Tone) => void, monitor: (isOn: boolean) => void}} Sound */

/**
 * Gain and equaliser, whether a take gets them, and whether one listens. What a
 * take has is what it began with: while one runs only listening can be changed.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {EventTarget & {state: import("./ports.js").RecorderState, sound: Sound}} options.recorder
 * @param {Tone} options.tone
 * @param {(tone: Tone) => void} options.onChoose
 * @param {AbortSignal} options.signal
 */
export function mountTone(root, options) {
  const { messages, recorder, onChoose, signal } = options;
  const box = find(root, ".tone", HTMLFieldSetElement);
  const printed = find(box, "#tone-print", HTMLInputElement);
  const monitor = find(root, "#monitor", HTMLInputElement);
  const sliders = NUMBERS.map((name) => sliderOf(box, name, `tone-${name}`));
  let { tone } = options;

  function write() {
    showNumbers(sliders, tone, messages);
    printed.checked = tone.isPrinted;
  }

  /** @param {Tone} next @param {boolean} isMeant  not only on the way */
  function choose(next, isMeant) {
    tone = next;
    recorder.sound.tune(tone);
    write();
    if (isMeant) {
      onChoose(tone);
    }
  }

  /** @param {Event} event */
  function read({ type }) {
    const numbers = Object.fromEntries(
      sliders.map(({ name, slider }) => [name, Number(slider.value)]),
    );
    const isPrinted = printed.checked;
    choose({ ...tone, ...numbers, isPrinted }, type === "change");
  }

  for (const type of ["input", "change"]) {
    box.addEventListener(type, read, { signal });
  }
  const reset = () => choose({ ...FLAT, isPrinted: tone.isPrinted }, true);
  onPress(box, ".reset", reset, signal);
  const hear = () => recorder.sound.monitor(monitor.checked);
  monitor.addEventListener("change", hear, { signal });
  listen(messages.changes, "changed", write, signal);
  const fix = () => (box.disabled = isRunning({ recorder: recorder.state }));
  listen(recorder, "state", fix, signal);
  // A browser may keep a page's fields over a reload; nobody listens then.
  monitor.checked = false;
  choose(tone, false);
}

/**
 * A slider of gain or a band, and where its value is written.
 *
 * @template {typeof NUMBERS[number]} Name
 * @param {HTMLElement} box
 * @param {Name} name
 * @param {string} id
 */
export function sliderOf(box, name, id) {
  const slider = find(box, `#${id}`, HTMLInputElement);
  slider.min = String(-MOST_DB);
  slider.max = String(MOST_DB);
  slider.step = String(STEP_DB);
  const value = find(box, `.tone-value.is-${name}`, HTMLElement);
  return { name, slider, value };
}

/**
 * Has sliders show and say their numbers.
 *
 * @template {typeof NUMBERS[number]} Name
 * @param {ReturnType<typeof sliderOf<Name>>[]} sliders
 * @param {Record<Name, number>} tone
 * @param {Messages} messages
 */
export function showNumbers(sliders, tone, messages) {
  for (const { name, slider, value } of sliders) {
    const number = signed(messages, tone[name]);
    slider.value = String(tone[name]);
    setText(value, messages.text("tone.value", { value: number }));
    const words = messages.text("tone.words", { value: number });
    setAttribute(slider, "aria-valuetext", words);
  }
}

/**
 * What a take was heard with, and whether it is in the take.
 *
 * @param {Messages} messages
 * @param {Tone} tone
 */
export function toneText(messages, tone) {
  if (isFlat(tone)) {
    return messages.text("tone.none");
  }
  const parts = NUMBERS.filter((name) => tone[name] !== 0).map((name) =>
    messages.text("tone.part", {
      name: messages.text(`tone.short.${name}`),
      value: signed(messages, tone[name]),
    }),
  );
  const list = listFormat(messages.locale, { type: "unit" });
  const key = tone.isPrinted ? "tone.printed" : "tone.beside";
  return messages.text(key, { list: list.format(parts) });
}

/** @param {Messages} messages @param {number} value */
function signed(messages, value) {
  const text = messages.number(value, { signDisplay: "exceptZero" });
  return text.replace("-", "−");
}
