import { find, listen, setAttribute, setIcon, setText } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */

const ICONS = { checking: "wait", online: "check", offline: "offline" };

/**
 * Says whether the server answers; `checking` until it is known.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {EventTarget & {online: boolean | null}} options.reachability
 * @param {import("./announcer.js").Announcer} options.announcer
 * @param {AbortSignal} options.signal
 */
export function mountConnectionBadge(
  root,
  { messages, reachability, announcer, signal },
) {
  const badge = find(root, ".connection", HTMLElement);
  const word = find(badge, "span", HTMLElement);
  let shown = "checking";

  function update() {
    const { online } = reachability;
    const state = online === null ? "checking" : online ? "online" : "offline";
    setAttribute(badge, "data-state", state);
    setIcon(badge, ICONS[state]);
    setText(word, messages.text(`connection.${state}`));
    const isNews = state !== shown && (shown !== "checking" || !online);
    if (isNews && state !== "checking") {
      announcer.say(messages.text(`connection.said.${state}`));
    }
    shown = state;
  }

  listen(reachability, "changed", update, signal);
  listen(messages.changes, "changed", update, signal);
  update();
  return { update };
}
