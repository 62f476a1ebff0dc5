/**
 * The composition root of the page: constructs the parts and wires them.
 *
 * @module
 */
import { listMicrophones } from "./capture/devices.js";
import { createRecorder } from "./capture/recorder.js";
import { StudioError, codeOf } from "./core/errors.js";
import { createMessages } from "./core/messages.js";
import { de } from "./i18n/de.js";
import { en } from "./i18n/en.js";
import { createRecordings } from "./library/create-recordings.js";
import { createLibraryZip } from "./library/create-zip.js";
import { openDatabase } from "./library/database.js";
import { createOtherFiles } from "./library/other-files.js";
import { createMedia } from "./media/client.js";
import { createFormats } from "./media/formats.js";
import { goesOn } from "./offline/arrival.js";
import { about } from "./offline/about.js";
import { device } from "./offline/device.js";
import { registerOffline } from "./offline/register.js";
import { createSpool } from "./spool/client.js";
import { createEndedTakes } from "./spool/ended-takes.js";
import { acquireLock, takeLock } from "./spool/locks.js";
import { createActions } from "./ui/actions.js";
import { mountAround } from "./ui/around.js";
import { missingCapabilities } from "./ui/capabilities.js";
import { readChoices } from "./ui/choices.js";
import { mountRenameDialog } from "./ui/dialogs.js";
import { find, listen } from "./ui/dom.js";
import { createFeed } from "./ui/feed.js";
import { mountFrame } from "./ui/frame.js";
import { createInterruptedBanner } from "./ui/interrupted.js";
import { mountLibraryView } from "./ui/library-view.js";
import { mountListenOnly } from "./ui/listen-only.js";
import { mountOtherFormats } from "./ui/other-formats.js";
import { mountPlaying } from "./ui/playing.js";
import { mountReceiptDialog } from "./ui/receipt.js";
import { recorderVerbs } from "./ui/recorder-verbs.js";
import { mountRecording } from "./ui/recording.js";
import { createRemovals, offerUndo } from "./ui/removals.js";
import { offerSignIn } from "./ui/sign-in.js";
import { showStartFault } from "./ui/start-fault.js";
import { createUpdateOffer } from "./ui/update-offer.js";
import { announceUploads } from "./ui/upload-news.js";
import { askWhenLost, createReachability } from "./upload/reachability.js";
import { createServer } from "./upload/server.js";
import { createSignIn } from "./upload/sign-in.js";
import { createUploads } from "./upload/uploads.js";

const LINKED = Object.freeze(["record", "library", "settings"]);
const VIEWS = Object.freeze([...LINKED, "info"]);
const DICTIONARIES = Object.freeze({ en, de });

/** @typedef {import("./core/messages.js").Messages} Messages */
/** @typedef {import("./ui/choices.js").Choices} Choices */
/** @typedef {import("./ui/frame.js").Frame} Frame */
/** @typedef {import("./ui/ports.js").Preferences} Preferences */

/** @param {AbortSignal} signal ends with the page */
async function start(signal) {
  const database = await openDatabase();
  const { preferences } = database;
  const languages = Object.keys(DICTIONARIES);
  const choices = await readChoices(preferences, { languages, signal });
  const messages = createWords(choices.language.value);
  const { singleKeys } = choices;
  const told = { messages, preferences, choices, singleKeys, signal };
  const frame = mountFrame(document.body, {
    views: VIEWS,
    linked: LINKED,
    ...told,
  });
  const missing = missingCapabilities(globalThis);
  const { toasts } = frame;
  const capture = missing.length === 0 ? createCapture(toasts, signal) : null;
  capture?.recorder.choose(choices.sound.value);
  const studio = {
    ...told,
    ...frame,
    ...connect(database, capture, { toasts, messages, signal }),
  };
  mountAround(document.body, { ...studio, ...about });
  const library = wireLibrary({ ...studio, capture });
  await library.isRead;
  if (capture) {
    mountRecording(viewOf("record"), {
      ...studio,
      ...library,
      recorder: capture.recorder,
      device,
      listDevices: listMicrophones,
    });
  } else {
    mountListenOnly(viewOf("record"), { messages, missing, signal });
  }
  void registerOffline({ onUpdate: createUpdateOffer(studio), signal });
}

/** @param {string | null} wish null: as the browser wishes */
function createWords(wish) {
  const messages = createMessages({
    dictionaries: DICTIONARIES,
    language: "en",
    wishes: navigator.languages,
  });
  messages.wish(wish);
  return messages;
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
  const parts = { database, server, uploads, device, acquireLock, signal };
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
  const zip = createLibraryZip({ ...parts, recordings });
  const media = createMedia({ signal });
  const made = createOtherFiles({
    database,
    list: () => recordings.list(),
    audioUrl: server.audioUrl,
    device,
    acquireLock,
    run: media.run,
    signal,
  });
  const formats = createFormats({ media, ...made });
  return { server, reachability, uploads, recordings, zip, formats };
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
  /** Finds what another page left unfinished; the list then shows it. */
  const findInterrupted = () =>
    spool
      .listInterrupted()
      .catch((error) => toasts.fault(codeOf(error, "UNKNOWN")));
  void findInterrupted();
  const { locks } = navigator;
  const ended = createEndedTakes({ locks, onEnded: findInterrupted, signal });
  const steady = () => performance.now();
  const clock = { now: () => Date.now(), steady };
  return { spool, ended, recorder: createRecorder({ spool, clock, signal }) };
}

/**
 * @typedef {Frame & {
 *   messages: Messages,
 *   preferences: Preferences,
 *   choices: Choices,
 *   server: ReturnType<typeof createServer>,
 *   singleKeys: {value: boolean},
 *   reachability: ReturnType<typeof createReachability>,
 *   uploads: ReturnType<typeof createUploads>,
 *   recordings: ReturnType<typeof createRecordings>,
 *   formats: ReturnType<typeof createFormats>,
 *   zip: ReturnType<typeof createLibraryZip>,
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
    momentsOf: (id) => rowOf(id)?.moments,
    recorder: capture?.recorder ?? null,
  });
  const removals = wireRemovals(studio);
  const receipt = mountReceiptDialog(document.body, { messages, signal });
  const other = mountOtherFormats(document.body, {
    ...studio,
    onStored: (id) => actions.download(id),
    codeOf: (error) => codeOf(error, "UNKNOWN"),
  });
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
      downloadAs: (row) => other.open(row),
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
      capture?.ended.watch(rows);
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

/** @param {unknown} error  that it could not start for */
function tellFault(error) {
  const code = codeOf(error, "UNKNOWN");
  showStartFault(document.body, { messages: createWords(null), code });
}

if (!goesOn({ location, serviceWorker: navigator.serviceWorker })) {
  start(new AbortController().signal).catch(tellFault);
}
