/**
 * The states of the recorder, and what it tells of them.
 *
 * @module
 */

import { StudioError } from "../core/errors.js";

/** @typedef {"off" | "arming" | "armed" | "recording" | "paused" | "stopping"} RecorderState */

export class RecorderStates extends EventTarget {
  /** @type {RecorderState} */
  #state = "off";

  get state() {
    return this.#state;
  }

  /**
   * Throws TAKE_BUSY in any other state.
   *
   * @param {RecorderState[]} states
   */
  demand(...states) {
    if (!states.includes(this.#state)) {
      throw new StudioError("TAKE_BUSY");
    }
  }

  /** @param {RecorderState} state */
  enter(state) {
    if (this.#state !== state) {
      this.#state = state;
      this.emit("state", { state });
    }
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
