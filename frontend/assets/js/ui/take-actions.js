/**
 * The verbs of a take that runs, or is about to, each with what is said when it
 * fails; all that they need is there before Record can be pressed.
 *
 * @module
 */
import { dateFormat } from "../core/intl.js";
import { signInOffer } from "./sign-in.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").Destination} Destination */
/** @typedef {import("./ports.js").TakeActions} TakeActions */
/** @typedef {ReturnType<typeof createAttempt>} Attempt */

/**
 * @typedef {object} RecorderVerbs
 * @property {() => Promise<unknown>} arm
 * @property {(wishes: import("./ports.js").SoundWishes) => unknown} choose
 * @property {(options: {name: string, wanted: Destination}) => Promise<unknown>} start
 * @property {(row: import("./ports.js").Interrupted) => Promise<unknown>} goOn
 * @property {() => unknown} pause
 * @property {() => unknown} resume
 * @property {() => Promise<unknown>} stop
 * @property {(moment: {frame?: number, text?: string}) => unknown} mark
 */

/**
 * @param {object} options
 * @param {Messages} options.messages
 * @param {Pick<import("./toasts.js").Toasts, "fault">} options.toasts
 * @param {(error: unknown) => string} options.codeOf
 */
export function createAttempt({ messages, toasts, codeOf }) {
  /** @param {() => unknown} act @param {() => void} [retry] */
  return async (act, retry) => {
    try {
      await act();
    } catch (error) {
      const code = codeOf(error);
      const again = retry && {
        action: messages.text("action.retry"),
        onAction: retry,
      };
      const isShutOut = code === "UNAUTHORIZED";
      toasts.fault(code, isShutOut ? signInOffer(messages) : again);
    }
  };
}

/**
 * @param {object} options
 * @param {Messages} options.messages
 * @param {RecorderVerbs} options.recorder
 * @param {Attempt} options.attempt
 * @param {() => void} options.onStart before a take begins
 * @returns {TakeActions}
 */
export function createTakeActions({ messages, recorder, attempt, onStart }) {
  const arm = () => void attempt(() => recorder.arm(), arm);
  return {
    arm,
    choose: (wishes) => void attempt(() => recorder.choose(wishes)),
    start: (wanted) =>
      void attempt(() => {
        onStart();
        return recorder.start({ name: defaultName(messages), wanted });
      }),
    stop: () => void attempt(() => recorder.stop()),
    pause: () => void attempt(() => recorder.pause()),
    resume: () => void attempt(() => recorder.resume()),
    mark: (moment) => void attempt(() => recorder.mark(moment)),
  };
}

/** @param {Messages} messages */
function defaultName(messages) {
  const now = Date.now();
  const options = /** @type {const} */ ({
    dateStyle: "medium",
    timeStyle: "short",
  });
  const date = dateFormat(messages.locale, options).format(now);
  return messages.text("kept.defaultName", { date });
}
