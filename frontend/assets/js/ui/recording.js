import { applySound } from "./chosen-sound.js";
import { listen } from "./dom.js";
import { bindKeys } from "./keys.js";
import { guardLeaving } from "./leave-guard.js";
import { mountOnAir } from "./on-air.js";
import { mountRecordView } from "./record-view.js";
import { mountSettings } from "./settings.js";
import { mountShortcuts } from "./shortcuts.js";
import { askAfterSilence, mountStopAfter } from "./take-limits.js";

/** @typedef {import("./record-view.js").RecordParts} RecordParts */

/**
 * @typedef {object} OwnParts
 * @property {any} recorder
 * @property {import("./ports.js").Preferences} preferences
 * @property {import("./choices.js").Choices} choices
 * @property {{isEmpty: boolean, changes: EventTarget}} holdings
 * @property {import("./router.js").Router} router
 * @property {import("./toasts.js").Toasts} toasts
 * @property {{value: boolean}} singleKeys
 */

/** @typedef {OwnParts & Pick<RecordParts, "messages" | "uploads" | "actions" | "keptActions" | "announcer" | "listDevices" | "signal">} RecordingParts */

/**
 * The Record view, what is set and told there, and its keys.
 *
 * @param {HTMLElement} root
 * @param {RecordingParts} parts
 */
export function mountRecording(root, parts) {
  const { recorder, preferences, choices, holdings, ...rest } = parts;
  const { messages, toasts, router, signal } = rest;
  const set = { ...rest, recorder, choices, preferences };
  const { countIn } = mountSettings(root, set);
  const view = mountRecordView(root, {
    ...rest,
    recorder,
    countIn,
    wanted: choices.wanted,
    sound: choices.sound,
    onDestination: (wanted) => void preferences.set("destination", wanted),
    isFirstRun: () => holdings.isEmpty,
  });
  const limited = { ...rest, recorder, minutes: choices.stopAfter };
  askAfterSilence(limited);
  mountStopAfter(root, {
    ...limited,
    onChoose: (minutes) => void preferences.set("stopAfter", minutes),
  });
  mountOnAir(document.body, { ...rest, recorder, home: "record" });
  guardLeaving(window, { recorder, signal });
  applySound({ ...rest, recorder, sound: choices.sound });
  listen(holdings.changes, "changed", view.update, signal);
  listen(recorder, "fault", ({ code }) => toasts.fault(code), signal);
  listen(recorder, "back", toasts.settle, signal);
  const tellWished = (/** @type {{name: string}} */ { name }) =>
    toasts.show({ text: messages.text("settled.wished", { name }) });
  listen(recorder, "wished", tellWished, signal);
  listen(navigator.mediaDevices, "devicechange", view.readDevices, signal);
  const inView = (/** @type {() => void} */ press) => () => {
    if (router.current === "record") {
      press();
    }
  };
  mountShortcuts(document, {
    keys: bindKeys({
      record: inView(view.toggleRecord),
      pause: inView(view.togglePause),
      mark: inView(view.mark),
    }),
    singleKeys: rest.singleKeys,
    signal,
  });
  return view;
}
