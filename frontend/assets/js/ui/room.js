import { secondsOfRoom } from "../core/room.js";
import { find, listen, setAttribute, setIcon, setText } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */

/** Levels between two looks, as they come 20 times a second: ten seconds. */
const LEVELS_PER_LOOK = 200;

const DAY_SECONDS = 24 * 60 * 60;

/** With less room than this it is shown as a warning, and said once. */
const SHORT_SECONDS = 30 * 60;

/** What is assumed of a microphone that does not say it. */
const USUAL_RATE = 48_000;

/**
 * How long a take can still become on this device, while the microphone is open.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {EventTarget & {state: string, take: any, sound: any, granted: import("./ports.js").Granted | null}} options.recorder
 * @param {Pick<import("./announcer.js").Announcer, "alarm">} options.announcer
 * @param {() => Promise<{quota?: number, usage?: number}>} options.estimate
 * @param {AbortSignal} options.signal
 */
export function mountRoom(root, options) {
  const { messages, recorder, announcer, signal } = options;
  const line = find(root, ".room", HTMLElement);
  const text = find(line, ".room-text", HTMLElement);
  /** @type {number | null} */
  let seconds = null;
  let levels = 0;
  let isTold = false;

  function write() {
    const isShort = seconds !== null && seconds < SHORT_SECONDS;
    line.hidden = seconds === null || recorder.state === "off";
    setText(text, roomText(messages, seconds ?? 0));
    setIcon(line, isShort ? "warning" : "device");
    setAttribute(line, "data-short", String(isShort));
    if (isShort && !isTold && !line.hidden) {
      announcer.alarm(roomText(messages, seconds ?? 0));
    }
    isTold = isShort && !line.hidden;
  }

  async function look() {
    const { granted, sound, take } = recorder;
    const { format } = take ?? sound;
    const { rate, channels } = take ?? soundOf(granted);
    const estimate = await options.estimate().catch(() => ({}));
    seconds = secondsOfRoom(estimate, { rate, channels, format });
    write();
  }

  function hear() {
    levels = (levels + 1) % LEVELS_PER_LOOK;
    if (levels === 0) {
      void look();
    }
  }

  /** @param {{state: string}} change */
  function follow({ state }) {
    if (state === "armed" || state === "recording") {
      void look();
    } else {
      write();
    }
  }

  listen(recorder, "level", hear, signal);
  listen(recorder, "state", follow, signal);
  listen(messages.changes, "changed", write, signal);
}

/** @param {import("./ports.js").Granted | null} granted */
function soundOf(granted) {
  const rate = granted?.sampleRate ?? USUAL_RATE;
  return { rate, channels: granted?.channelCount === 2 ? 2 : 1 };
}

/**
 * @param {Messages} messages
 * @param {number} seconds
 */
export function roomText(messages, seconds) {
  if (seconds >= DAY_SECONDS) {
    return messages.text("room.plenty");
  }
  const minutes = Math.floor(seconds / 60);
  return minutes === 0
    ? messages.text("room.none")
    : messages.text("room.left", { time: messages.duration(minutes * 60) });
}
