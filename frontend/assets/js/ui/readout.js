import { find, setAttribute, setHidden, setText } from "./dom.js";
import { judgeLevel, levelText } from "./level.js";
import { isRunning, phaseOf } from "./take-state.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./take-state.js").TakeState} TakeState */
/** @typedef {ReturnType<typeof import("./level.js").createPeakWindow>} PeakWindow */

/**
 * The state in a word, the timer, what the level is worth, and the waveform's
 * summary in words.
 *
 * @param {HTMLElement} root
 * @param {{messages: Messages, levels: PeakWindow}} options
 */
export function mountReadout(root, { messages, levels }) {
  const readout = find(root, ".readout", HTMLElement);
  const state = find(readout, ".state", HTMLElement);
  const word = find(readout, ".state-word", HTMLElement);
  const timer = find(readout, ".timer", HTMLElement);
  const verdict = find(readout, ".verdict", HTMLElement);
  const summary = find(readout, ".wave-summary", HTMLElement);

  /** @param {TakeState} take */
  function updateVerdict(take) {
    const isTake = take.id !== null;
    const key = isTake ? null : checkKey(levels);
    setAttribute(
      verdict,
      "data-verdict",
      key ?? (take.isClipped ? "clipped" : "good"),
    );
    setText(
      verdict,
      isTake ? peakText(messages, take) : checkText(messages, levels, key),
    );
  }

  return {
    /** @param {TakeState} take */
    update(take) {
      const phase = phaseOf(take);
      setAttribute(root, "data-phase", phase);
      setHidden(readout, phase === "off" || phase === "arming");
      setAttribute(state, "data-phase", phase);
      setText(word, messages.text(`state.${phase}`));
      setText(timer, messages.clock(take.seconds, { tenths: true }));
      setHidden(timer, phase === "armed");
      updateVerdict(take);
      setText(
        summary,
        isRunning(take) || take.kept ? summaryText(messages, take) : "",
      );
    },
  };
}

/** @param {PeakWindow} levels */
function checkKey(levels) {
  const judged = judgeLevel(levels.peakDb, levels.isClipped);
  return judged === "silent" && !levels.isFull ? "none" : judged;
}

/**
 * @param {Messages} messages
 * @param {PeakWindow} levels
 * @param {string | null} key
 */
function checkText(messages, levels, key) {
  const level = levelText(messages, levels.peakDb);
  return messages.text(`verdict.${key}`, { level });
}

/**
 * @param {Messages} messages
 * @param {TakeState} take
 */
function peakText(messages, { peakDb, isClipped }) {
  const level = levelText(messages, peakDb);
  return messages.text(isClipped ? "peak.clipped" : "peak.clean", { level });
}

/**
 * @param {Messages} messages
 * @param {TakeState} take
 */
function summaryText(messages, take) {
  const time = messages.duration(take.seconds);
  return messages.text("wave.summary", {
    time,
    peak: peakText(messages, take),
  });
}
