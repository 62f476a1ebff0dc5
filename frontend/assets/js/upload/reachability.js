/**
 * Whether the server can be reached, found out by asking it: what the browser
 * believes about the network only hurries the next question.
 *
 * @module
 */

/** @typedef {import("../core/types.js").UploadProgress} UploadProgress */

const STEADY_MS = 20_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * How long to wait before asking again.
 *
 * @param {number} failures in a row
 */
export function probePause(failures) {
  if (failures === 0) {
    return STEADY_MS;
  }
  const doubled = FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 16);
  return Math.min(doubled, LONGEST_PAUSE_MS);
}

/** Dispatches `changed` with `{online}` as its detail. */
export class Reachability extends EventTarget {
  #server;
  #signal;
  #failures = 0;
  #isAsking = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @type {boolean | null} null until it is known */
  online = null;

  /**
   * @param {{live: () => Promise<boolean>}} server
   * @param {AbortSignal} signal
   */
  constructor(server, signal) {
    super();
    this.#server = server;
    this.#signal = signal;
  }

  /** Asks at once. */
  async ask() {
    if (this.#isAsking || this.#signal.aborted) {
      return;
    }
    this.#isAsking = true;
    clearTimeout(this.#timer);
    const online = await this.#server.live();
    this.#isAsking = false;
    if (!this.#signal.aborted) {
      this.#note(online);
    }
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** @param {boolean} online */
  #note(online) {
    this.#failures = online ? 0 : this.#failures + 1;
    this.#timer = setTimeout(() => this.ask(), probePause(this.#failures));
    if (online !== this.online) {
      this.online = online;
      const detail = { online };
      this.dispatchEvent(new CustomEvent("changed", { detail }));
    }
  }
}

/**
 * Begins to ask.
 *
 * @param {object} options
 * @param {{live: () => Promise<boolean>}} options.server
 * @param {AbortSignal} options.signal
 */
export function createReachability({ server, signal }) {
  const reachability = new Reachability(server, signal);
  for (const hint of ["online", "offline", "pageshow"]) {
    globalThis.addEventListener(hint, () => reachability.ask(), { signal });
  }
  signal.addEventListener("abort", () => reachability.stop(), { once: true });
  reachability.ask();
  return reachability;
}

/**
 * Asks as soon as an upload gets no answer.
 *
 * @param {Reachability} reachability
 * @param {{uploads: EventTarget, signal: AbortSignal}} options
 */
export function askWhenLost(reachability, { uploads, signal }) {
  const notice = (/** @type {Event} */ event) => {
    const { detail } = /** @type {CustomEvent<UploadProgress>} */ (event);
    if (detail.state === "waiting" && detail.code === "NETWORK") {
      void reachability.ask();
    }
  };
  uploads.addEventListener("progress", notice, { signal });
}
