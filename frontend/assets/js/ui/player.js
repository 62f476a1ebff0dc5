import { listen } from "./dom.js";
import { createLoudness } from "./loudness.js";

/** @typedef {{id: string, name: string, durationMs?: number | null}} Playable */
/** @typedef {import("./playback.js").Playback} Playback */

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
 * changed, `set` when it shall play otherwise, `left` {id, seconds, length} where
 * a recording was left, `fault` when one cannot be played.
 */
export class Player extends EventTarget {
  #audio = new Audio();
  #audioUrl;
  #placeOf;
  #loudness;
  #playback;
  /** @type {Playable | null} */
  #loaded = null;

  /**
   * @param {object} options
   * @param {(id: string) => Promise<string>} options.audioUrl
   * @param {Playback} options.playback
   * @param {(id: string) => number} options.placeOf seconds: where it was left
   * @param {AbortSignal} options.signal
   */
  constructor({ audioUrl, playback, placeOf, signal }) {
    super();
    this.#audioUrl = audioUrl;
    this.#placeOf = placeOf;
    this.#playback = playback;
    this.#loudness = createLoudness(this.#audio, signal);
    this.#audio.preload = "metadata";
    this.set(playback);
    for (const type of EVENTS) {
      listen(this.#audio, type, () => this.#tell("changed"), signal);
    }
    listen(
      this.#audio,
      "error",
      () => this.#loaded && this.#tell("fault"),
      signal,
    );
    listen(this.#audio, "pause", () => this.leave(), signal);
    listen(this.#audio, "ended", () => this.leave(), signal);
    signal.addEventListener("abort", () => this.close(), { once: true });
  }

  get playback() {
    return this.#playback;
  }

  /** @param {Partial<Playback>} change */
  set(change) {
    this.#playback = { ...this.#playback, ...change };
    const { rate, volume, isLooped, tone } = this.#playback;
    this.#audio.preservesPitch = true;
    // The former is what a new recording begins with.
    this.#audio.defaultPlaybackRate = rate;
    this.#audio.playbackRate = rate;
    this.#audio.loop = isLooped;
    this.#loudness.set(volume, tone);
    this.dispatchEvent(new Event("set"));
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
      this.#loudness.wake();
      await this.#load(row);
    } else if (this.#audio.paused) {
      await this.#play();
    } else {
      this.#audio.pause();
    }
  }

  pause() {
    this.#audio.pause();
  }

  /** Plays on what is loaded. */
  async resume() {
    if (this.#loaded) {
      await this.#play();
    }
  }

  /** @param {string} name */
  rename(name) {
    if (this.#loaded) {
      this.#loaded.name = name;
      this.#tell("changed");
    }
  }

  /** @param {number} seconds */
  seek(seconds) {
    this.#audio.currentTime = Math.max(0, Math.min(seconds, this.length));
    this.#tell("changed");
  }

  close() {
    this.leave();
    this.#loaded = null;
    this.#empty();
    this.#loudness.rest();
    this.#tell("changed");
  }

  /** @param {Playable} listed */
  async #load(listed) {
    this.leave();
    this.#empty();
    // Its own, for it gets other names; and one of many that were asked for.
    const row = { ...listed };
    this.#loaded = row;
    this.#tell("changed");
    const url = await this.#urlOf(row);
    if (this.#loaded === row) {
      this.#audio.src = url;
      this.#audio.currentTime = this.#placeOf(row.id);
      await this.#play();
    }
  }

  /** @param {Playable} row loaded no longer if it has none */
  async #urlOf(row) {
    try {
      return await this.#audioUrl(row.id);
    } catch (error) {
      if (this.#loaded === row) {
        this.close();
      }
      throw error;
    }
  }

  /** What the element still says of the one before concerns no other. */
  #empty() {
    this.#audio.pause();
    this.#audio.removeAttribute("src");
    this.#audio.load();
  }

  /** Tells where it is now. */
  leave() {
    if (this.#loaded && this.#audio.readyState > 0) {
      const { id } = this.#loaded;
      const detail = { id, seconds: this.position, length: this.length };
      this.dispatchEvent(new CustomEvent("left", { detail }));
    }
  }

  async #play() {
    this.#loudness.wake();
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
