/**
 * The composition root of the page: constructs the parts and wires them.
 *
 * @module
 */
import { listMicrophones } from "./capture/devices.js";
import { createRecorder } from "./capture/recorder.js";
import { StudioError, codeOf } from "./core/errors.js";
import { chooseLanguage, createMessages } from "./core/messages.js";
import { de } from "./i18n/de.js";
import { en } from "./i18n/en.js";
import { createRecordings } from "./library/create-recordings.js";
import { openDatabase } from "./library/database.js";
import { device } from "./offline/device.js";
import { registerOffline } from "./offline/register.js";
import { createSpool } from "./spool/client.js";
import { acquireLock, takeLock } from "./spool/locks.js";
import { createActions } from "./ui/actions.js";
import { missingCapabilities } from "./ui/capabilities.js";
import { readChoices } from "./ui/choices.js";
import { mountConnectionBadge } from "./ui/connection.js";
import { mountHelpDialog, mountRenameDialog } from "./ui/dialogs.js";
import { find, listen } from "./ui/dom.js";
import { createFeed } from "./ui/feed.js";
import { mountFrame } from "./ui/frame.js";
import { createInterruptedBanner } from "./ui/interrupted.js";
import { mountLibraryView } from "./ui/library-view.js";
import { mountListenOnly } from "./ui/listen-only.js";
import { mountOnAir } from "./ui/on-air.js";
import { mountPlaying } from "./ui/playing.js";
import { mountReceiptDialog } from "./ui/receipt.js";
import { mountRecordView } from "./ui/record-view.js";
import { recorderVerbs } from "./ui/recorder-verbs.js";
import { createRemovals, offerUndo } from "./ui/removals.js";
import { mountRoom } from "./ui/room.js";
import { mountSettings } from "./ui/settings.js";
import { mountShortcuts } from "./ui/shortcuts.js";
import { offerSignIn } from "./ui/sign-in.js";
import { showStartFault } from "./ui/start-fault.js";
import { askAfterSilence, mountStopAfter } from "./ui/take-limits.js";
import { createUpdateOffer } from "./ui/update-offer.js";
import { mountUploadLimit } from "./ui/upload-limit.js";
import { announceUploads } from "./ui/upload-news.js";
import { askWhenLost, createReachability } from "./upload/reachability.js";
import { createServer } from "./upload/server.js";
import { createSignIn } from "./upload/sign-in.js";
import { createUploads } from "./upload/uploads.js";

const VIEWS = Object.freeze(["record", "library"]);
const DICTIONARIES = Object.freeze({ en, de });

/** @typedef {import("./core/messages.js").Messages} Messages */
/** @typedef {import("./ui/choices.js").Choices} Choices */
/** @typedef {import("./ui/frame.js").Frame} Frame */
/** @typedef {import("./ui/ports.js").Preferences} Preferences */

/** @param {AbortSignal} signal ends with the page */
async function start(signal) {
  const database = await openDatabase();
  const { preferences } = database;
  const choices = await readChoices(preferences, Object.keys(DICTIONARIES));
  const messages = createMessages({
    dictionaries: DICTIONARIES,
    language: choices.language,
    wishes: navigator.languages,
  });
  const singleKeys = { isOn: choices.hasSingleKeys };
  const told = { messages, preferences, choices, singleKeys, signal };
  const frame = mountFrame(document.body, { views: VIEWS, ...told });
  mountUploadLimit(viewOf("library"), told);
  mountHelpDialog(document.body, told);
  const missing = missingCapabilities(globalThis);
  const { toasts } = frame;
  const capture = missing.length === 0 ? createCapture(toasts, signal) : null;
  capture?.recorder.choose(choices.sound);
  const studio = {
    ...told,
    ...frame,
    ...connect(database, capture, { toasts, messages, signal }),
  };
  mountConnectionBadge(document.body, studio);
  const library = wireLibrary({ ...studio, capture });
  await library.isRead;
  if (capture) {
    wireRecording({ ...studio, ...library, recorder: capture.recorder });
  } else {
    mountListenOnly(viewOf("record"), { messages, missing, signal });
  }
  void registerOffline({ onUpdate: createUpdateOffer(studio), signal });
}

/**
 * The server, and what has to do with it.
 *
 * @param {Awaited<ReturnType<typeof openDatabase>>} database
 * @param {Capture | null} capture
 * @param {object} told
 * @param {Frame["toasts"]} told.toasts
 * @param {Messages} told.messages
 * @param {AbortSignal} told.signal
 */
function connect(database, capture, { toasts, messages, signal }) {
  const server = createServer();
  const reachability = createReachability({ server, signal });
  const channel = new MessageChannel();
  void capture?.spool.attachUpload(channel.port2);
  const uploads = createUploads({ database, port: channel.port1, signal });
  const parts = { database, server, uploads, device, signal };
  const recordings = createRecordings(parts);
  function reconnect() {
    if (reachability.online) {
      uploads.wake();
      void recordings.reconnect();
    }
  }
  const signIn = createSignIn({
    server,
    onSignedIn: reconnect,
    now: () => Date.now(),
    signal,
  });
  offerSignIn({ uploads, signIn, toasts, messages, signal });
  listen(reachability, "changed", reconnect, signal);
  askWhenLost(reachability, { uploads, signal });
  listen(recordings, "fault", ({ code }) => toasts.fault(code), signal);
  return { server, reachability, uploads, recordings };
}

/** @param {string} name */
function viewOf(name) {
  return find(document, `#view-${name}`, HTMLElement);
}

/** @typedef {ReturnType<typeof createCapture>} Capture */

/**
 * @param {Frame["toasts"]} toasts
 * @param {AbortSignal} signal
 */
function createCapture(toasts, signal) {
  const spool = createSpool({ signal });
  // Finds what an earlier page left unfinished; the list then shows it.
  spool
    .listInterrupted()
    .catch((error) => toasts.fault(codeOf(error, "UNKNOWN")));
  const clock = { now: () => Date.now() };
  return { spool, recorder: createRecorder({ spool, clock, signal }) };
}

/**
 * @typedef {Frame & {
 *   messages: Messages,
 *   preferences: Preferences,
 *   choices: Choices,
 *   server: ReturnType<typeof createServer>,
 *   singleKeys: {isOn: boolean},
 *   reachability: ReturnType<typeof createReachability>,
 *   uploads: ReturnType<typeof createUploads>,
 *   recordings: ReturnType<typeof createRecordings>,
 *   signal: AbortSignal,
 * }} Studio
 */

/**
 * The library, the player, and the verbs that both views share.
 *
 * @param {Studio & {capture: Capture | null}} studio
 */
function wireLibrary({ capture, ...studio }) {
  const { messages, toasts, router, recordings, uploads, signal } = studio;
  /** @param {string} id */
  const rowOf = (id) => feed.rows.find((row) => row.id === id);
  const player = mountPlaying(document.body, {
    ...studio,
    audioUrl: (id) => recordings.audioUrl(id),
    peaksOf: (id) => rowOf(id)?.peaks,
    recorder: capture?.recorder ?? null,
  });
  const removals = wireRemovals(studio);
  const receipt = mountReceiptDialog(document.body, { messages, signal });
  const actions = createActions({
    messages,
    toasts,
    player,
    removals,
    codeOf: (error) => codeOf(error, "UNKNOWN"),
    recorder: capture && recorderVerbs(capture.recorder, studio),
    library: {
      rename: (id, name) => recordings.rename(id, name),
      download: (id) => recordings.download(id),
      upload: (id) => uploads.enqueue(id),
      showReceipt: async (id) => receipt.open(await recordings.facts(id)),
      pauseUpload: (id) => uploads.pause(id),
      resumeUpload: (id) => uploads.resume(id),
      cancelUpload: (id) => uploads.cancel(id),
      recover: async (id) => capture?.spool.recover(id),
      rescue: (id) => recordings.rescue(id),
      keepHere: (id) => recordings.keepHere(id),
      stopKeeping: (id) => void recordings.copies.stop(id),
      removeHere: (id) => recordings.removeFromDevice(id),
    },
  });
  const view = mountLibraryView(viewOf("library"), {
    ...studio,
    actions,
    renaming: { ask: mountRenameDialog(document.body, { signal }).open },
    player,
  });
  const banner = createInterruptedBanner({
    ...studio,
    actions,
    onShow: () => router.go("library"),
  });
  const feed = createFeed({
    recordings,
    removals,
    onRows: (rows) => {
      view.update(rows);
      banner.update(rows);
    },
    onFault: (error) => view.fail(codeOf(error, "UNKNOWN")),
    signal,
  });
  announceUploads({ ...studio, nameOf: (id) => rowOf(id)?.name ?? null });
  void removals.resume();
  return { actions, feed, removals, isRead: feed.read() };
}

/**
 * Deletes recordings everywhere, after a while in which that can be undone, and
 * none that another page is writing by then.
 *
 * @param {Studio} studio
 */
function wireRemovals({ recordings, preferences, ...studio }) {
  /** @param {string} id */
  async function remove(id) {
    const release = await acquireLock(takeLock(id));
    if (!release) {
      throw new StudioError("TAKE_BUSY");
    }
    await recordings.removeEverywhere(id).finally(release);
  }
  const now = () => Date.now();
  const removals = createRemovals({
    preferences,
    remove,
    onFault: (error) => studio.toasts.fault(codeOf(error, "UNKNOWN")),
    now,
    signal: studio.signal,
  });
  offerUndo({ ...studio, removals, now });
  return removals;
}

/**
 * The Record view and its keys.
 *
 * @param {Studio & ReturnType<typeof wireLibrary> & {recorder: ReturnType<typeof createRecorder>}} studio
 */
function wireRecording({ recorder, preferences, choices, feed, ...studio }) {
  const { toasts, router, removals, signal } = studio;
  const set = { ...studio, recorder, choices, preferences };
  const { countIn } = mountSettings(viewOf("record"), set);
  const view = mountRecordView(viewOf("record"), {
    ...studio,
    recorder,
    countIn,
    wanted: choices.wanted,
    sound: choices.sound,
    listDevices: listMicrophones,
    onDestination: (wanted) => void preferences.set("destination", wanted),
    isFirstRun: () => !feed.rows.some(({ onDevice }) => onDevice),
  });
  mountRoom(viewOf("record"), { ...studio, ...device, recorder });
  const limited = { ...studio, recorder, minutes: choices.stopAfter };
  askAfterSilence(limited);
  mountStopAfter(viewOf("record"), {
    ...limited,
    onChoose: (minutes) => void preferences.set("stopAfter", minutes),
  });
  mountOnAir(document.body, { ...studio, recorder, home: "record" });
  listen(studio.recordings, "changed", view.update, signal);
  listen(removals.changes, "added", ({ id }) => view.forget(id), signal);
  listen(recorder, "state", studio.recordings.copies.makeWay, signal);
  listen(recorder, "fault", ({ code }) => toasts.fault(code), signal);
  listen(recorder, "back", toasts.settle, signal);
  listen(navigator.mediaDevices, "devicechange", view.readDevices, signal);
  const inView = (/** @type {() => void} */ press) => () => {
    if (router.current === "record") {
      press();
    }
  };
  mountShortcuts(document, {
    keys: {
      r: inView(view.toggleRecord),
      p: inView(view.togglePause),
      m: inView(view.mark),
    },
    singleKeys: studio.singleKeys,
    signal,
  });
}

start(new AbortController().signal).catch((error) => {
  const language = chooseLanguage(
    navigator.languages,
    Object.keys(DICTIONARIES),
  );
  const messages = createMessages({ dictionaries: DICTIONARIES, language });
  showStartFault(document.body, { messages, code: codeOf(error, "UNKNOWN") });
});
