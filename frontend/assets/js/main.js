/**
 * The composition root of the first view: constructs and wires what a take needs,
 * and no more. All else is later.js, which is loaded once Record works.
 *
 * @module
 */
import { listMicrophones } from "./capture/devices.js";
import { createRecorder } from "./capture/recorder.js";
import { codeOf } from "./core/errors.js";
import { createMessages } from "./core/messages.js";
import { LANGUAGES, createSpeaker } from "./i18n/speaker.js";
import { openDatabase, watchDatabase } from "./library/database.js";
import { countHoldings } from "./library/holdings.js";
import { ERASING, erasingMark, markErasing } from "./library/erasing-mark.js";
import { createPageLog } from "./library/page-log.js";
import { about } from "./offline/about.js";
import { goesOn } from "./offline/arrival.js";
import { createSpool } from "./spool/client.js";
import { missingCapabilities } from "./ui/capabilities.js";
import { readChoices } from "./ui/choices.js";
import { find, onPress } from "./ui/dom.js";
import { mountFrame } from "./ui/frame.js";
import { createKeptActions } from "./ui/kept-actions.js";
import { mountLaterNotice } from "./ui/later-notice.js";
import { createLater } from "./ui/later.js";
import { mountListenOnly } from "./ui/listen-only.js";
import { recorderVerbs } from "./ui/recorder-verbs.js";
import { mountRecording } from "./ui/recording.js";
import { showStartFault } from "./ui/start-fault.js";
import { createAttempt, createTakeActions } from "./ui/take-actions.js";
import { isRunning } from "./ui/take-state.js";
import { createUploads } from "./upload/uploads.js";

const LINKED = Object.freeze(["record", "library", "settings"]);
const VIEWS = Object.freeze([...LINKED, "info"]);

/** @typedef {Awaited<ReturnType<typeof open>> & {later: import("./ui/later.js").Later<LaterParts>, signal: AbortSignal}} Told */
/** @typedef {import("./library/database.js").Database} Database */
/** @typedef {ReturnType<typeof createParts>} Parts */
/** @typedef {Parts & {record: Record | null, end: () => void}} Studio what later.js builds on */
/** @typedef {ReturnType<typeof createCapture>} Capture */
/** @typedef {ReturnType<typeof mountRecording>} Record */
/** @typedef {{actions: import("./ui/ports.js").LibraryActions, help: {open: () => void}}} LaterParts */

/** @param {AbortController} life of the page */
async function start(life) {
  const { signal } = life;
  if (namesLaterView(location.hash)) {
    import("./later.js").catch(() => undefined); // below it is tried again
  }
  const opened = await openUnerased(signal);
  if (!opened) {
    return;
  }
  const told = await open(opened.database, signal);
  const end = () => life.abort();
  /** @type {import("./ui/later.js").Later<LaterParts>} */
  const later = createLater({
    load: async () => {
      const [{ mountLater }] = await Promise.all([
        import("./later.js"),
        told.speakAll(),
      ]);
      return () => mountLater({ ...parts, record, end });
    },
    onFault: (error) => parts.toasts.fault(parts.codeOf(error)),
  });
  const parts = createParts({ ...told, later, signal });
  const { capture } = parts;
  const isRecording = () =>
    capture !== null && isRunning({ recorder: capture.recorder.state });
  mountLaterNotice(document.body, { ...parts, isRecording });
  if (opened.outcome === "refused") {
    parts.toasts.fault("ERASE_DURING_TAKE");
  }
  const record = mountRecord(parts);
  const openHelp = () => later.use(({ help }) => help.open());
  onPress(document.body, ".tools .help", openHelp, signal);
  void later.bring();
}

/** @param {string} hash */
function namesLaterView(hash) {
  return VIEWS.slice(1).some((name) => hash === `#${name}`);
}

/**
 * The database, unless this device was to be erased: that comes first.
 *
 * @param {AbortSignal} signal
 * @returns {Promise<{database: Database, outcome?: string} | null>} null: it was
 */
async function openUnerased(signal) {
  if (erasingMark() === null) {
    const database = await openDatabase();
    const { preferences, close } = database;
    if ((await preferences.get(ERASING)) !== true) {
      return { database };
    }
    markErasing(String((await preferences.get("language")) ?? ""));
    close();
  }
  const { finishErasing } = await import("./erasing.js");
  const outcome = await finishErasing({ ...createWords(), signal });
  return outcome === "erased"
    ? null
    : { database: await openDatabase(), outcome };
}

/**
 * What a view needs to know before it is shown.
 *
 * @param {Database} database
 * @param {AbortSignal} signal
 */
async function open(database, signal) {
  const { preferences } = database;
  const { version } = about;
  const log = createPageLog({ store: database.log, version, signal });
  const languages = LANGUAGES;
  const choices = await readChoices(preferences, { languages, signal });
  const words = createWords();
  await words.speak(choices.language.value);
  const holdings = await countHoldings(database, {
    watch: watchDatabase,
    signal,
  });
  return { database, preferences, log, choices, holdings, ...words };
}

function createWords() {
  const messages = createMessages({
    dictionaries: {},
    languages: LANGUAGES,
    language: LANGUAGES[0],
    wishes: navigator.languages,
  });
  return { messages, ...createSpeaker(messages) };
}

/**
 * What all views share.
 *
 * @param {Told} told
 */
function createParts(told) {
  const { database, choices, messages, signal } = told;
  const frame = mountFrame(document.body, {
    ...told,
    views: VIEWS,
    linked: LINKED,
    speak: (wish) =>
      told.speak(wish).catch(() => frame.toasts.fault("LANGUAGE_MISSING")),
  });
  const { toasts } = frame;
  const channel = new MessageChannel();
  const uploading = createUploads({ database, port: channel.port1, signal });
  const missing = missingCapabilities(globalThis);
  const capture = missing.length === 0 ? createCapture(signal) : null;
  capture?.recorder.choose(choices.sound.value);
  void capture?.spool.attachUpload(channel.port2);
  return {
    ...told,
    ...frame,
    ...uploading,
    singleKeys: choices.singleKeys,
    missing,
    capture,
    /** Dispatches `begin` before each take. */
    takes: new EventTarget(),
    attempt: createAttempt({ messages, toasts, codeOf: codeFor }),
    codeOf: codeFor,
  };
}

/** @param {unknown} error */
function codeFor(error) {
  return codeOf(error, "UNKNOWN");
}

/** @param {AbortSignal} signal */
function createCapture(signal) {
  const spool = createSpool({ signal });
  const steady = () => performance.now();
  const clock = { now: () => Date.now(), steady };
  return { spool, recorder: createRecorder({ spool, clock, signal }) };
}

/**
 * The Record view, or what stands in its place where nothing can be recorded.
 *
 * @param {Parts} parts
 */
function mountRecord({ capture, ...parts }) {
  const { database, later, takes, attempt } = parts;
  const view = find(document, "#view-record", HTMLElement);
  if (!capture) {
    mountListenOnly(view, parts);
    return null;
  }
  const { recorder } = capture;
  return mountRecording(view, {
    ...parts,
    recorder,
    actions: createTakeActions({
      ...parts,
      recorder: recorderVerbs(recorder, parts),
      onStart: () => takes.dispatchEvent(new Event("begin")),
    }),
    keptActions: createKeptActions({
      takes,
      use: later.use,
      keepName: (id, name) =>
        attempt(() => database.recordings.update(id, { name })),
    }),
    listDevices: listMicrophones,
  });
}

/** @param {unknown} error  that it could not start for */
async function tellFault(error) {
  const { messages, speak } = createWords();
  await speak(null);
  showStartFault(document.body, { messages, code: codeFor(error) });
}

if (!goesOn({ location, serviceWorker: navigator.serviceWorker })) {
  start(new AbortController()).catch(tellFault);
}
