import { find, listen, setAttribute, setText } from "./dom.js";

/**
 * Says in every other view that a take is running.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("./dom.js").Messages} options.messages
 * @param {import("./router.js").Router} options.router
 * @param {EventTarget & {state: import("./ports.js").RecorderState}} options.recorder
 * @param {string} options.home the view that says it anyway
 * @param {AbortSignal} options.signal
 */
export function mountOnAir(root, { messages, router, recorder, home, signal }) {
  const sign = find(root, ".on-air", HTMLElement);
  const word = find(sign, ".on-air-word", HTMLElement);

  function update() {
    const { state } = recorder;
    const isRunning = state === "recording" || state === "paused";
    sign.hidden = !isRunning || router.current === home;
    setAttribute(sign, "data-phase", state);
    setText(word, isRunning ? messages.text(`state.${state}`) : "");
  }

  listen(recorder, "state", update, signal);
  listen(router.changes, "changed", update, signal);
  listen(messages.changes, "changed", update, signal);
  update();
  return { update };
}
