import { listen } from "./dom.js";

/** @typedef {import("./ports.js").SoundWishes} SoundWishes */

/**
 * Has the microphone opened as it is chosen, wherever that was: what is chosen
 * while a take runs, when that is over.
 *
 * @param {object} parts
 * @param {EventTarget & {state: import("./ports.js").RecorderState}} parts.recorder
 * @param {import("./choice.js").Choice<SoundWishes>} parts.sound
 * @param {Pick<import("./ports.js").TakeActions, "choose">} parts.actions
 * @param {AbortSignal} parts.signal
 */
export function applySound({ recorder, sound, actions, signal }) {
  let isDue = false;

  function choose() {
    isDue = recorder.state !== "off" && recorder.state !== "armed";
    actions.choose(sound.value);
  }

  /** @param {{state: import("./ports.js").RecorderState}} news */
  function catchUp({ state }) {
    if (isDue && state === "armed") {
      choose();
    } else if (state === "off") {
      isDue = false; // opened again, it is as chosen
    }
  }

  listen(sound.changes, "changed", choose, signal);
  listen(recorder, "state", catchUp, signal);
}
