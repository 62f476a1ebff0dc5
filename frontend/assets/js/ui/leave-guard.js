import { listen } from "./dom.js";
import { isRunning } from "./take-state.js";

/**
 * Has the browser ask before a page is left in which a take runs, and in no other:
 * who leaves it ends the take, and a page with such a question is not kept for the
 * way back.
 *
 * @param {EventTarget} page the window
 * @param {object} options
 * @param {EventTarget & {state: import("./ports.js").RecorderState}} options.recorder
 * @param {AbortSignal} options.signal
 */
export function guardLeaving(page, { recorder, signal }) {
  /** @type {AbortController | null} */
  let guarding = null;

  function update() {
    const isNeeded = isRunning({ recorder: recorder.state });
    if (isNeeded && !guarding) {
      guarding = new AbortController();
      const until = AbortSignal.any([guarding.signal, signal]);
      page.addEventListener("beforeunload", ask, { signal: until });
    } else if (!isNeeded) {
      guarding?.abort();
      guarding = null;
    }
  }

  listen(recorder, "state", update, signal);
  update();
}

/** @param {Event} event */
function ask(event) {
  event.preventDefault();
}
