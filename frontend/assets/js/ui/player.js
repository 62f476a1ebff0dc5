import { listen } from "./dom.js";

/** @typedef {ReturnType<typeof createPlayer>} Player */

/**
 * Plays one recording at a time.
 *
 * @param {object} options
 * @param {(id: string) => Promise<string>} options.audioUrl
 * @param {() => void} options.onFault the recording cannot be played
 * @param {AbortSignal} options.signal
 */
export function createPlayer({ audioUrl, onFault, signal }) {
  const audio = new Audio();
  audio.preload = "metadata";
  const changes = new EventTarget();
  const now = { id: /** @type {string | null} */ (null), name: "", seconds: 0 };
  let order = 0;
  const tell = () => changes.dispatchEvent(new Event("changed"));

  const events = [
    "play",
    "pause",
    "ended",
    "durationchange",
    "timeupdate",
    "seeked",
  ];
  for (const type of events) {
    listen(audio, type, tell, signal);
  }
  listen(audio, "error", () => audio.hasAttribute("src") && onFault(), signal);
  signal.addEventListener("abort", close, { once: true });

  /** @param {{id: string, name: string, durationMs?: number | null}} row */
  async function load({ id, name, durationMs }) {
    const mine = (order += 1);
    Object.assign(now, { id, name, seconds: (durationMs ?? 0) / 1000 });
    audio.pause();
    tell();
    const url = await audioUrl(id);
    if (mine === order) {
      audio.src = url;
      await resume();
    }
  }

  async function resume() {
    try {
      await audio.play();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) {
        onFault();
      }
    }
  }

  function close() {
    order += 1;
    now.id = null;
    audio.pause();
    audio.removeAttribute("src");
    audio.load();
    tell();
  }

  return {
    /** Dispatches `changed`. */
    changes,
    close,
    get id() {
      return now.id;
    },
    get name() {
      return now.name;
    },
    get isPlaying() {
      return now.id !== null && !audio.paused && !audio.ended;
    },
    get position() {
      return audio.currentTime;
    },
    /** Seconds; what the list says until the file tells. */
    get length() {
      return Number.isFinite(audio.duration) ? audio.duration : now.seconds;
    },
    /** @param {{id: string, name: string, durationMs?: number | null}} row */
    async toggle(row) {
      if (row.id !== now.id) {
        await load(row);
      } else if (audio.paused) {
        await resume();
      } else {
        audio.pause();
      }
    },
    /** @param {string} name */
    rename(name) {
      now.name = name;
      tell();
    },
    /** @param {number} seconds */
    seek(seconds) {
      audio.currentTime = Math.max(0, Math.min(seconds, audio.duration || 0));
      tell();
    },
  };
}
