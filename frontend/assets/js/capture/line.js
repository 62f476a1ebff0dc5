/**
 * The microphone as the recorder has it: closed or open, another one when
 * another is wished for, and back again when it, or the audio system, was gone.
 *
 * @module
 */

import { StudioError } from "../core/errors.js";
import { Sound } from "./sound.js";
import { createComeback } from "./microphone-return.js";
import { openInput } from "./input.js";

/** @typedef {import("./devices.js").Wishes} Wishes */
/** @typedef {import("./input.js").Input} Input */

export class Line {
  sound = new Sound();
  /** @type {Input | null} */
  #input = null;
  /** @type {Wishes} */
  #wishes = { preset: "voice" };
  #closings = 0;
  /** @type {Promise<void>} */
  #ready = Promise.resolve();
  #handlers;
  #comeback;
  #revival;
  /** What this page had open. @type {Set<string | undefined>} */
  #opened = new Set();
  /** @type {Promise<import("./wished.js").Wished> | null} */
  #wished = null;
  /** What a take had when its microphone went. @type {{id?: string, over: AbortSignal} | null} */
  #lost = null;

  /**
   * @param {object} handlers
   * @param {(level: import("./capture-port.js").Level) => void} handlers.onLevel
   * @param {(code: string) => void} handlers.onFault
   * @param {(code: string) => void} handlers.onOver  of the microphone's faults
   * @param {() => void} handlers.onGranted  what the microphone gives is different
   * @param {(name: string | null) => void} handlers.onBack  it was gone; or
   *     another one is there, of that name
   * @param {() => void} handlers.onRevived  the audio system is another one
   * @param {(take: (recorder: import("./recorder.js").Recorder) => Promise<void>) => Promise<void>} handlers.onWished
   *     the microphone that is wished for is there, while another one stands in
   */
  constructor(handlers) {
    this.#handlers = handlers;
    this.#comeback = createComeback((before) => {
      handlers.onGranted();
      handlers.onBack(otherName(before, this.granted));
      this.#lookOut();
    });
    const alwaysAllowed = async () => true; // its microphone is open
    this.#revival = createComeback(() => {
      this.sound.attach(this.#input);
      handlers.onRevived();
    }, alwaysAllowed);
  }

  /** What the microphone gives; null while it is closed. */
  get granted() {
    return this.#input?.granted ?? null;
  }

  get wishes() {
    return this.#wishes;
  }

  /** Resolves when nothing is being replaced. */
  get ready() {
    return this.#ready;
  }

  /** Whether a take could begin. */
  get isUsable() {
    return this.#input !== null && !this.#input.isLost;
  }

  /** The open microphone; throws MICROPHONE_ENDED if it is closed. */
  get input() {
    if (!this.#input) {
      throw new StudioError("MICROPHONE_ENDED");
    }
    return this.#input;
  }

  /** @param {Wishes} wishes  for the next time that it is opened */
  wish(wishes) {
    this.#wishes = wishes;
  }

  /** Opens what is wished for; if it is closed meanwhile, it stays so. */
  async open() {
    const closings = this.#closings;
    const input = await openInput(this.#wishes, this.#handlers);
    if (this.#closings !== closings) {
      input.close();
      throw new StudioError("MICROPHONE_ENDED");
    }
    this.sound.attach(input);
    this.#input = input;
    this.#lookOut();
  }

  /** Another microphone is open than before, or none. */
  #lookOut() {
    const { deviceId } = this.#wishes;
    const given = this.granted?.deviceId;
    this.#opened.add(given);
    const isStandIn = deviceId && given && given !== deviceId;
    if (isStandIn || this.#wished) {
      this.#wished ??= this.#loadWished();
      this.#wished.then(
        ({ update }) => update(),
        () => (this.#wished = null),
      );
    }
  }

  /** Few need that, and no take. */
  async #loadWished() {
    const { createWished } = await import("./wished.js");
    return createWished({
      line: this,
      hadOpen: (id) => this.#opened.has(id),
      onThere: this.#handlers.onWished,
    });
  }

  /**
   * Gives a take the microphone back that it lost; another one stays.
   *
   * @param {string} id
   */
  async reclaim(id) {
    const { input } = this;
    if (input.isLost || this.#lost?.id !== id || this.#lost.over.aborted) {
      throw new StudioError("TAKE_BUSY");
    }
    await input.reconnect();
    if (input.granted.deviceId === id && input === this.#input) {
      this.#handlers.onGranted();
      this.#handlers.onBack(null);
    }
  }

  /**
   * Puts what is wished for in the place of what is open. That is closed first:
   * a browser gives a microphone that is open as it is.
   *
   * @param {() => boolean} isFree  asked when it is its turn: no take has begun
   */
  replace(isFree) {
    const replaced = this.#ready.then(async () => {
      if (!isFree()) {
        return;
      }
      this.close();
      await this.open();
      this.#handlers.onGranted();
    });
    this.#ready = replaced.catch(() => undefined);
    return replaced;
  }

  close() {
    this.#closings++;
    this.sound.attach(null);
    this.#input?.close();
    this.#input = null;
    this.#lookOut();
  }

  /** @param {AbortSignal} signal  the end of the take that waits for it */
  comeBack(signal) {
    if (this.#input) {
      if (this.#lost?.over !== signal) {
        const { deviceId } = this.#input.granted;
        this.#lost = { id: deviceId, over: signal };
      }
      this.#comeback.await(this.#input, signal);
    }
  }

  /**
   * Builds the audio system anew, unless it goes on by itself.
   *
   * @param {AbortSignal} signal  the end of the take that waits for it
   */
  async revive(signal) {
    const input = this.#input;
    if (input && !(await input.isAlive()) && !signal.aborted) {
      const { granted } = input;
      const reconnect = () => input.rebuild(signal);
      this.#revival.await({ granted, reconnect }, signal);
    }
  }
}

/**
 * The name of the microphone that took the place of another; null if it is the
 * same one.
 *
 * @param {import("../core/types.js").Granted | null} before
 * @param {import("../core/types.js").Granted | null} now
 */
export function otherName(before, now) {
  const isSame = before?.deviceId === now?.deviceId || !now?.label;
  return isSame || before?.label === now.label ? null : now.label;
}
