import { secondsOfRoom, secondsTaken } from "../core/room.js";
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
 * How long a take can still become on this device, while the microphone is open;
 * and how long one recording may be that the server takes, if that is told.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {EventTarget & {state: string, take: any, sound: any, granted: import("./ports.js").Granted | null}} options.recorder
 * @param {Pick<import("./announcer.js").Announcer, "alarm">} options.announcer
 * @param {() => Promise<{quota?: number, usage?: number}>} options.estimate
 * @param {{config: () => Promise<{max_recording_size: number}>}} options.server
 * @param {AbortSignal} options.signal
 */
export function mountRoom(root, options) {
  const { messages, recorder, announcer, signal } = options;
  const line = find(root, ".room", HTMLElement);
  const text = find(line, ".room-text", HTMLElement);
  /** @type {number | null} */
  let seconds = null;
  /** @type {number | null} */
  let taken = null;
  /** Bytes of a recording on the server, at most; 0: no limit, or not known yet. */
  let mostBytes = 0;
  let levels = 0;
  let isTold = false;

  function write() {
    const isShort = seconds !== null && seconds < SHORT_SECONDS;
    const isKnown = seconds !== null || takenText(messages, taken) !== "";
    line.hidden = !isKnown || recorder.state === "off";
    const here = seconds === null ? "" : roomText(messages, seconds);
    const there = takenText(messages, taken);
    setText(text, [here, there].filter(Boolean).join(" · "));
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
    taken = secondsTaken(mostBytes, { rate, channels, format });
    write();
  }

  async function ask() {
    // Without an answer nothing is said: the take begins all the same.
    const { max_recording_size: most } = await options.server
      .config()
      .catch(() => ({ max_recording_size: mostBytes }));
    mostBytes = most;
    await look();
  }

  function hear() {
    levels = (levels + 1) % LEVELS_PER_LOOK;
    if (levels === 0) {
      void look();
    }
  }

  /** @param {{state: string}} change */
  function follow({ state }) {
    if (state === "armed") {
      void look();
      void ask();
    } else if (state === "recording") {
      void look();
    } else {
      write();
    }
  }

  listen(recorder, "level", hear, signal);
  listen(recorder, "state", follow, signal);
  listen(messages.changes, "changed", write, signal);
  follow(recorder);
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

/**
 * @param {Messages} messages
 * @param {number | null} seconds  null: no limit, or none that is known
 * @returns {string} empty where no take comes near it
 */
export function takenText(messages, seconds) {
  if (seconds === null || seconds >= DAY_SECONDS) {
    return "";
  }
  const minutes = Math.floor(seconds / 60);
  return minutes === 0
    ? messages.text("taken.none")
    : messages.text("taken.most", { time: messages.duration(minutes * 60) });
}
