/**
 * Carries out what uploader.js decides, for one recording: requests, timers,
 * reading bytes, remembering in the database. It ends by itself when the upload
 * is done, failed or paused, or by its signal; then another one may go on.
 *
 * @module
 */
import { createPerformer } from "./performer.js";
import { createUploader } from "./transitions.js";
import { step } from "./uploader.js";

/** @typedef {import("./transitions.js").UploaderState} UploaderState */
/** @typedef {import("./transitions.js").UploaderEvent} UploaderEvent */
/** @typedef {import("./transitions.js").Effect} Effect */
/** @typedef {Parameters<typeof createUploader>[0]} DriverUpload */
/** @typedef {ReturnType<typeof createDriver>} Driver */

/**
 * @param {object} options
 * @param {string} options.id the recording's
 * @param {DriverUpload} options.upload
 * @param {import("./performer.js").Parts} options.parts
 * @param {(state: UploaderState) => void} options.onChange
 * @param {AbortSignal} options.signal gives up what is under way
 */
export function createDriver({ id, upload, parts, onChange, signal }) {
  const perform = createPerformer(id, parts);
  let state = createUploader(upload);
  let current = new AbortController();
  /** @type {(state: UploaderState) => void} */
  let end = () => undefined;
  /** @type {Promise<UploaderState>} */
  const ended = new Promise((resolve) => {
    end = resolve;
  });

  /** @param {UploaderEvent} event */
  function dispatch(event) {
    if (signal.aborted) {
      return;
    }
    const before = state;
    const { state: after, effects } = step(state, event);
    state = after;
    const work = effects.map(run);
    if (after.phase !== before.phase && isEnd(after)) {
      // Done is told when it is on record, and not before.
      Promise.all(work).then(() => {
        onChange(state);
        end(state);
      });
    } else if (after !== before) {
      onChange(after);
    }
  }

  /** @param {Effect} effect */
  async function run(effect) {
    if (effect.type === "abort") {
      current.abort();
      current = new AbortController();
      return;
    }
    const event = await perform(effect, { state, signal: current.signal });
    if (event) {
      dispatch(event);
    }
  }

  const giveUp = () => {
    current.abort();
    end(state);
  };
  signal.addEventListener("abort", giveUp, { once: true });
  return {
    dispatch,
    ended,

    /** Whether nothing that is dispatched changes it any more. */
    get isOver() {
      return isEnd(state);
    },
  };
}

/** @param {UploaderState} state */
function isEnd({ phase }) {
  return ["done", "failed", "paused", "split"].includes(phase);
}
