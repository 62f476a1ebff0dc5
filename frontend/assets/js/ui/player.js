import { listen } from "./dom.js";

/** @typedef {{id: string, name: string, durationMs?: number | null}} Playable */

const EVENTS = Object.freeze([
  "play",
  "pause",
  "ended",
  "durationchange",
  "timeupdate",
  "seeked",
]);

/**
 * Plays one recording at a time. Dispatches `changed` whenever what it says has
 * changed, `fault` when a recording cannot be played.
 */
export class Player extends EventTarget {
  #audio = new Audio();
  #audioUrl;
  /** @type {Playable | null} */
  #loaded = null;

  /**
   * @param {object} options
   * @param {(id: string) => Promise<string>} options.audioUrl
   * @param {AbortSignal} options.signal
   */
  constructor({ audioUrl, signal }) {
    super();
    this.#audioUrl = audioUrl;
    this.#audio.preload = "metadata";
    for (const type of EVENTS) {
      listen(this.#audio, type, () => this.#tell("changed"), signal);
    }
    listen(
      this.#audio,
      "error",
      () => this.#loaded && this.#tell("fault"),
      signal,
    );
    signal.addEventListener("abort", () => this.close(), { once: true });
  }

  get id() {
    return this.#loaded?.id ?? null;
  }

  get name() {
    return this.#loaded?.name ?? "";
  }

  get isPlaying() {
    return this.#loaded !== null && !this.#audio.paused && !this.#audio.ended;
  }

  get position() {
    return this.#audio.currentTime;
  }

  /** Seconds; what the list says until the file tells. */
  get length() {
    const { duration } = this.#audio;
    const listed = (this.#loaded?.durationMs ?? 0) / 1000;
    return Number.isFinite(duration) ? duration : listed;
  }

  /** @param {Playable} row plays it, or pauses if it is the one that plays */
  async toggle(row) {
    if (row.id !== this.id) {
      await this.#load(row);
    } else if (this.#audio.paused) {
      await this.#play();
    } else {
      this.#audio.pause();
    }
  }

  /** @param {string} name */
  rename(name) {
    this.#loaded = this.#loaded && { ...this.#loaded, name };
    this.#tell("changed");
  }

  /** @param {number} seconds */
  seek(seconds) {
    this.#audio.currentTime = Math.max(0, Math.min(seconds, this.length));
    this.#tell("changed");
  }

  close() {
    this.#loaded = null;
    this.#audio.pause();
    this.#audio.removeAttribute("src");
    this.#audio.load();
    this.#tell("changed");
  }

  /** @param {Playable} row */
  async #load(row) {
    this.#audio.pause();
    this.#loaded = row;
    this.#tell("changed");
    const url = await this.#audioUrl(row.id);
    if (this.#loaded === row) {
      this.#audio.src = url;
      await this.#play();
    }
  }

  async #play() {
    try {
      await this.#audio.play();
    } catch (error) {
      const isOvertaken =
        error instanceof DOMException && error.name === "AbortError";
      if (!isOvertaken && !this.#audio.error) {
        throw error;
      }
    }
  }

  /** @param {"changed" | "fault"} type */
  #tell(type) {
    this.dispatchEvent(new Event(type));
  }
}
