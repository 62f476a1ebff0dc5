import { find, onPress, setHidden, setText } from "./dom.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./take-state.js").TakeState} TakeState */

/**
 * The card in the stage while the microphone is off: the first time it also
 * says what is kept where.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {() => void} options.onArm
 * @param {AbortSignal} options.signal
 */
export function mountWelcome(root, { messages, onArm, signal }) {
  const card = find(root, ".welcome", HTMLElement);
  const title = find(card, ".welcome-title", HTMLElement);
  const facts = find(card, ".welcome-facts", HTMLElement);
  const arm = onPress(card, ".arm", onArm, signal);
  const label = find(arm, ".arm-label", HTMLElement);

  return {
    focus: () => arm.focus(),
    /** @param {TakeState["recorder"]} recorder @param {boolean} isFirst */
    update(recorder, isFirst) {
      const isArming = recorder === "arming";
      setHidden(facts, !isFirst);
      setText(
        title,
        messages.text(isFirst ? "welcome.first" : "welcome.again"),
      );
      setText(
        label,
        messages.text(isArming ? "welcome.arming" : "welcome.arm"),
      );
      arm.setAttribute("aria-disabled", String(isArming));
    },
  };
}
