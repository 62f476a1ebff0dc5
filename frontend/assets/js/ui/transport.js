import { find, onPress, setHidden, setText } from "./dom.js";
import { isRunning, phaseOf } from "./take-state.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").TakeActions} TakeActions */
/** @typedef {import("./take-state.js").TakeState} TakeState */

/** @typedef {import("./count-in.js").CountIn} CountIn */

/**
 * Record, Stop, Pause: as buttons, and as what the keys R and P do.
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Messages} options.messages
 * @param {TakeActions} options.actions
 * @param {CountIn} options.countIn
 * @param {() => TakeState} options.getState
 * @param {AbortSignal} options.signal
 */
export function mountTransport(root, options) {
  const { messages, actions, countIn, getState, signal } = options;
  const group = find(root, ".controls", HTMLElement);
  const start = () => countIn.lead(() => actions.start(getState().wanted));

  function togglePause() {
    if (getState().recorder === "recording") {
      actions.pause();
    } else if (getState().recorder === "paused") {
      actions.resume();
    }
  }

  function toggleRecord() {
    const { recorder } = getState();
    if (countIn.isCounting) {
      countIn.cancel();
    } else if (recorder === "armed") {
      start();
    } else if (recorder === "recording" || recorder === "paused") {
      actions.stop();
    }
  }

  const record = onPress(group, ".record-button", start, signal);
  const stop = onPress(group, ".stop-button", actions.stop, signal);
  const pause = onPress(group, ".pause-button", togglePause, signal);
  const pauseLabel = find(pause, ".pause-label", HTMLElement);

  return {
    togglePause,
    toggleRecord,
    focusRecord: () => record.focus(),
    /** @param {TakeState} state */
    update(state) {
      const phase = phaseOf(state);
      const hadFocus = group.contains(document.activeElement);
      setHidden(
        group,
        phase === "off" || phase === "arming" || phase === "kept",
      );
      setHidden(record, phase !== "armed" || countIn.isCounting);
      setHidden(stop, !isRunning(state));
      setHidden(pause, !isRunning(state));
      stop.disabled = phase === "stopping";
      pause.disabled = stop.disabled;
      const key = phase === "paused" ? "action.resume" : "action.pause";
      setText(pauseLabel, messages.text(key));
      if (
        hadFocus &&
        record.hidden &&
        document.activeElement === document.body
      ) {
        stop.focus();
      }
    },
  };
}
