import { find, listen } from "./dom.js";
import { isRunning } from "./take-state.js";

/** @typedef {import("./dom.js").Messages} Messages */

/** Below this a room is silent. */
const SILENT_DB = -60;

/** Ten minutes of levels, as they come 20 times a second. */
const SILENT_LEVELS = 10 * 60 * 20;

/** Minutes after which a take may end by itself. */
export const STOP_AFTER = Object.freeze([15, 30, 60, 90, 120, 240]);

/**
 * @typedef {object} LimitParts
 * @property {Messages} messages
 * @property {EventTarget & {
 *   state: import("./ports.js").RecorderState,
 *   take: {from: number | null} | null,
 * }} recorder  from: frame at which its take was begun or continued
 * @property {Pick<import("./toasts.js").Toasts, "show">} toasts
 * @property {Pick<import("./ports.js").TakeActions, "stop">} actions
 * @property {AbortSignal} signal
 */

/**
 * Asks, once, whether a take that has been silent for ten minutes shall go on;
 * the question goes when there is sound again.
 *
 * @param {LimitParts} parts
 */
export function askAfterSilence(parts) {
  const { messages, recorder, toasts, actions, signal } = parts;
  let silent = 0;
  let withdraw = () => {};

  function reset() {
    silent = 0;
    withdraw();
    withdraw = () => {};
  }

  function ask() {
    withdraw = toasts.show({
      text: messages.text("limits.silent"),
      action: messages.text("action.stop"),
      onAction: actions.stop,
      isUrgent: true,
    });
  }

  /** @param {{storedDb: number}} level */
  function hear({ storedDb }) {
    if (recorder.state === "recording" && storedDb > SILENT_DB) {
      reset();
    } else if (recorder.state === "recording" && ++silent === SILENT_LEVELS) {
      ask();
    }
  }

  listen(recorder, "level", hear, signal);
  listen(recorder, "state", reset, signal);
}

/**
 * Ends a take once that much of it is recorded, pauses not counted, nor what it
 * had before it was continued. While one runs nothing is chosen: what it has
 * passed already would end it at once.
 *
 * @param {HTMLElement} root
 * @param {LimitParts & {minutes: number, onChoose: (minutes: number) => void}} parts
 */
export function mountStopAfter(root, { minutes, onChoose, ...parts }) {
  const select = find(root, "#stop-after", HTMLSelectElement);
  const { messages, signal } = parts;
  let chosen = minutes;

  function write() {
    const options = [0, ...STOP_AFTER].map((value) => {
      const text = value
        ? messages.text("limits.after", { time: messages.duration(value * 60) })
        : messages.text("limits.never");
      return new Option(text, String(value));
    });
    select.replaceChildren(...options);
    select.value = String(chosen);
  }

  select.addEventListener(
    "change",
    () => {
      chosen = Number(select.value);
      onChoose(chosen);
    },
    { signal },
  );
  listen(messages.changes, "changed", write, signal);
  listen(
    parts.recorder,
    "state",
    () => (select.disabled = isRunning({ recorder: parts.recorder.state })),
    signal,
  );
  write();
  stopAfter(() => chosen * 60, parts);
}

/**
 * @param {() => number} seconds  0: never
 * @param {LimitParts} parts
 */
export function stopAfter(seconds, parts) {
  const { messages, recorder, toasts, actions, signal } = parts;
  let isOver = false;
  listen(recorder, "state", () => (isOver = false), signal);
  listen(
    recorder,
    "progress",
    ({ frames, rate }) => {
      const limit = seconds();
      const from = recorder.take?.from ?? frames;
      const isDue = limit > 0 && (frames - from) / rate >= limit;
      if (isDue && !isOver && recorder.state === "recording") {
        isOver = true;
        actions.stop();
        const time = messages.duration(limit);
        toasts.show({ text: messages.text("limits.stopped", { time }) });
      }
    },
    signal,
  );
}
