import { mountDestination } from "./destination.js";
import { find, listen, setHidden } from "./dom.js";
import { mountKeptTake } from "./kept-take.js";
import { createPeakWindow } from "./level.js";
import { markerText, mountMarkers } from "./markers.js";
import { mountMeter } from "./meter.js";
import { mountReadout } from "./readout.js";
import { mountSafetyLine } from "./safety-line.js";
import { mountSound } from "./sound.js";
import {
  beginState,
  isHeldBack,
  isRunning,
  isSent,
  phaseOf,
  reduceTake,
} from "./take-state.js";
import { oncePerFrame } from "./timers.js";
import { mountSpectrum } from "./spectrum.js";
import { mountTransport } from "./transport.js";
import { mountWaveform } from "./waveform.js";
import { mountWelcome } from "./welcome.js";

/** @typedef {import("./dom.js").Messages} Messages */
/** @typedef {import("./ports.js").Destination} Destination */
/** @typedef {import("./take-state.js").TakeAction} TakeAction */
/** @typedef {import("./take-state.js").TakeState} TakeState */

/** Three seconds of levels, as they come 20 times a second. */
const CHECKED_LEVELS = 60;

/**
 * @typedef {object} RecordParts
 * @property {Messages} messages
 * @property {EventTarget & {state: import("./ports.js").RecorderState, take: {id: string} | null, granted: any, sound: any}} recorder
 * @property {EventTarget} uploads
 * @property {import("./ports.js").TakeActions} actions
 * @property {import("./ports.js").KeptActions} keptActions
 * @property {import("./announcer.js").Announcer} announcer
 * @property {import("./count-in.js").CountIn} countIn
 * @property {Destination} wanted
 * @property {import("./choice.js").Choice<import("./ports.js").SoundWishes>} sound
 * @property {() => Promise<{id: string, label: string}[]>} listDevices
 * @property {(wanted: Destination) => void} onDestination
 * @property {() => boolean} isFirstRun
 * @property {AbortSignal} signal
 */

/**
 * The Record view. It owns the state of the take as people see it; the recorder
 * owns the take.
 *
 * @param {HTMLElement} root
 * @param {RecordParts} parts
 */
export function mountRecordView(root, parts) {
  const { messages, recorder, uploads, announcer, signal } = parts;
  let state = beginState(parts.wanted);
  const levels = createPeakWindow(CHECKED_LEVELS);
  const children = mountChildren(root, {
    ...parts,
    levels,
    dispatch,
    getState,
  });
  const update = oncePerFrame(render, signal);

  function getState() {
    return state;
  }

  /** @param {TakeAction} action */
  function dispatch(action) {
    const before = state;
    state = reduceTake(before, action);
    if (state !== before) {
      speak(before, state, { messages, announcer });
      prepareStage(before, state, children);
      update();
    }
  }

  function render() {
    children.update(state, recorder.granted ?? null, parts.isFirstRun());
  }

  listenToRecorder(recorder, { dispatch, children, levels, update, signal });
  listen(
    uploads,
    "progress",
    (progress) => dispatch({ type: "upload", progress }),
    signal,
  );
  listen(
    uploads,
    "cancelled",
    ({ id }) => dispatch({ type: "uploadCancelled", id }),
    signal,
  );
  listen(messages.changes, "changed", render, signal);
  render();
  return {
    update,
    /** @param {string} id of a recording that is being deleted */
    forget(id) {
      if (state.kept?.id === id) {
        dispatch({ type: "dismissed" });
      }
    },
    mark: children.markers.mark,
    readDevices: children.sound.readDevices,
    togglePause: children.transport.togglePause,
    toggleRecord: children.transport.toggleRecord,
  };
}

/** @typedef {ReturnType<typeof mountChildren>} Children */

/**
 * @param {HTMLElement} root
 * @param {RecordParts & {levels: ReturnType<typeof createPeakWindow>, dispatch: (action: TakeAction) => void, getState: () => TakeState}} parts
 */
function mountChildren(root, parts) {
  const { messages, actions, dispatch, signal } = parts;
  const stage = find(root, ".stage", HTMLElement);
  const transport = mountTransport(root, parts);
  const welcome = mountWelcome(stage, { messages, onArm: actions.arm, signal });
  const waveform = mountWaveform(stage, parts);
  const meter = mountMeter(stage, parts);
  mountSpectrum(stage, parts);
  const readout = mountReadout(root, parts);
  const markers = mountMarkers(root, parts);
  const safetyLine = mountSafetyLine(root, parts);
  const destination = mountDestination(root, {
    messages,
    onChoose: (wanted) => {
      dispatch({ type: "destination", wanted });
      parts.onDestination(wanted);
    },
    signal,
  });
  const sound = mountSound(root, {
    messages,
    choice: parts.sound,
    listDevices: parts.listDevices,
    signal,
  });
  const kept = mountKeptTake(root, {
    actions: parts.keptActions,
    onRename: (name) => dispatch({ type: "renamed", name }),
    onDismiss: () => dispatch({ type: "dismissed" }),
    signal,
  });

  /**
   * @param {TakeState} state
   * @param {import("./ports.js").Granted | null} granted
   * @param {boolean} isFirst
   */
  function update(state, granted, isFirst) {
    const phase = phaseOf(state);
    const isOff = phase === "off" || phase === "arming";
    showStage(stage, { isOff, hasMeter: !isOff && phase !== "kept" });
    sound.update(granted, isRunning(state));
    welcome.update(state.recorder, isFirst);
    destination.update(state.wanted, isRunning(state));
    waveform.update({
      safeSeconds: isSent(state) ? state.serverSeconds : state.deviceSeconds,
      isRecording: isRunning(state),
      isArmed: phase === "armed",
      marks: state.markers,
    });
    markers.update(state);
    readout.update(state);
    transport.update(state);
    kept.update(phase === "kept" ? state.kept : null, isSent(state));
    safetyLine.update(state);
  }

  return { update, transport, welcome, waveform, meter, markers, sound };
}

/**
 * @param {HTMLElement} stage
 * @param {{isOff: boolean, hasMeter: boolean}} shown
 */
function showStage(stage, { isOff, hasMeter }) {
  setHidden(find(stage, ".welcome", HTMLElement), !isOff);
  setHidden(find(stage, ".scope", HTMLElement), isOff);
  setHidden(find(stage, ".meter", HTMLElement), !hasMeter);
  setHidden(find(stage, ".spectrum", HTMLElement), !hasMeter);
}

/**
 * @param {RecordParts["recorder"]} recorder
 * @param {object} options
 * @param {(action: TakeAction) => void} options.dispatch
 * @param {Children} options.children
 * @param {ReturnType<typeof createPeakWindow>} options.levels
 * @param {() => void} options.update
 * @param {AbortSignal} options.signal
 */
function listenToRecorder(
  recorder,
  { dispatch, children, levels, update, signal },
) {
  /** @type {Record<string, (detail: any) => void>} */
  const handlers = {
    state: ({ state }) =>
      dispatch({ type: "recorder", state, id: recorder.take?.id ?? null }),
    progress: (detail) => dispatch({ type: "progress", ...detail }),
    marker: ({ rate, ...marker }) => dispatch({ type: "marker", rate, marker }),
    level: ({ peakDb, storedDb, clipped }) => {
      levels.add({ peakDb, clipped });
      children.meter.update({ peakDb, clipped });
      if (recorder.state === "armed") {
        children.waveform.hear(10 ** (peakDb / 20));
      }
      dispatch({ type: "level", peakDb: storedDb, clipped });
      update();
    },
    peaks: (peaks) => children.waveform.put(peaks),
    granted: update,
    finished: ({ recording }) => dispatch({ type: "finished", recording }),
  };
  for (const [type, handler] of Object.entries(handlers)) {
    listen(recorder, type, handler, signal);
  }
}

/**
 * Empties the stage when a take begins or is dismissed, and leads the focus.
 *
 * @param {TakeState} before
 * @param {TakeState} after
 * @param {Children} children
 */
function prepareStage(
  before,
  after,
  { waveform, meter, transport, welcome, sound },
) {
  const begins = !isRunning(before) && isRunning(after);
  const isDismissed = before.kept !== null && after.kept === null && !begins;
  if (begins || isDismissed) {
    waveform.clear();
  }
  if (after.recorder === "off" && before.recorder !== "off") {
    meter.clear();
  }
  if (after.recorder === "armed" && before.recorder === "arming") {
    void sound.readDevices();
  }
  const isReady = before.recorder === "arming" && after.recorder === "armed";
  if (isReady || isDismissed) {
    const next =
      after.recorder === "armed" ? transport.focusRecord : welcome.focus;
    requestAnimationFrame(() => requestAnimationFrame(next));
  }
}

/**
 * Says what has changed to those who do not see it.
 *
 * @param {TakeState} before
 * @param {TakeState} after
 * @param {{messages: Messages, announcer: import("./announcer.js").Announcer}} options
 */
function speak(before, after, { messages, announcer }) {
  const time = () => messages.duration(after.seconds);
  if (before.recorder !== after.recorder && after.recorder === "paused") {
    announcer.say(messages.text("said.paused", { time: time() }));
  } else if (
    before.recorder !== after.recorder &&
    after.recorder === "recording"
  ) {
    const key =
      before.recorder === "paused" ? "said.resumed" : "said.recording";
    announcer.say(messages.text(key));
  }
  const latest = after.markers.at(-1);
  if (after.markers.length > before.markers.length && latest) {
    announcer.say(markerText(messages, latest));
  }
  if (before.kept === null && after.kept !== null) {
    announcer.say(messages.text("said.stopped", { time: time() }));
  }
  if (!before.isClipped && after.isClipped) {
    announcer.alarm(messages.text("said.clipped"));
  }
  if (!isHeldBack(before) && isHeldBack(after)) {
    announcer.say(messages.text("said.limited"));
  }
}
