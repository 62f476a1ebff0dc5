/**
 * The composition root of the page: constructs the parts and wires them.
 *
 * @module
 */
import { createRecorder } from "./capture/recorder.js";
import { codeOf } from "./core/errors.js";
import { chooseLanguage, createMessages } from "./core/messages.js";
import { de } from "./i18n/de.js";
import { en } from "./i18n/en.js";
import { openDatabase } from "./library/database.js";
import { createRecordings } from "./library/recordings.js";
import { registerOffline } from "./offline/register.js";
import { createSpool } from "./spool/client.js";
import { createActions } from "./ui/actions.js";
import { createAnnouncer } from "./ui/announcer.js";
import { mountBanners } from "./ui/banners.js";
import { missingCapabilities } from "./ui/capabilities.js";
import { mountConnectionBadge } from "./ui/connection.js";
import { mountHelpDialog, mountRenameDialog } from "./ui/dialogs.js";
import { mountDock } from "./ui/dock.js";
import { find, listen } from "./ui/dom.js";
import { createFeed } from "./ui/feed.js";
import { createInterruptedBanner } from "./ui/interrupted.js";
import { mountLanguageSwitch } from "./ui/language.js";
import { mountLibraryView } from "./ui/library-view.js";
import { mountListenOnly } from "./ui/listen-only.js";
import { createPlayer } from "./ui/player.js";
import { mountRecordView } from "./ui/record-view.js";
import { createRemovals } from "./ui/removals.js";
import { createRouter } from "./ui/router.js";
import { mountShell } from "./ui/shell.js";
import { mountShortcuts } from "./ui/shortcuts.js";
import { mountThemeSwitch } from "./ui/theme.js";
import { mountToasts } from "./ui/toasts.js";
import { createReachability } from "./upload/reachability.js";
import { createServer } from "./upload/server.js";
import { createUploads } from "./upload/uploads.js";

const VIEWS = Object.freeze(["record", "library"]);
const DICTIONARIES = Object.freeze({ en, de });

/** @typedef {import("./core/messages.js").Messages} Messages */
/** @typedef {import("./ui/ports.js").LibraryRow} LibraryRow */
/** @typedef {import("./ui/ports.js").Preferences} Preferences */

/** @param {AbortSignal} signal ends with the page */
async function start(signal) {
  const database = await openDatabase();
  const { preferences } = database;
  const choices = await readChoices(preferences);
  const messages = createMessages({
    dictionaries: DICTIONARIES,
    language: choices.language,
  });
  const frame = mountFrame({ messages, preferences, choices, signal });
  const server = createServer();
  const reachability = createReachability({ server, signal });
  mountConnectionBadge(document.body, {
    ...frame,
    messages,
    reachability,
    signal,
  });

  const missing = missingCapabilities(globalThis);
  const capture = missing.length === 0 ? createCapture(signal) : null;
  const channel = new MessageChannel();
  capture?.spool.attachUpload(channel.port2);
  const uploads = createUploads({ database, port: channel.port1, signal });
  const recordings = createRecordings({ database, server, uploads, signal });
  const studio = {
    ...frame,
    preferences,
    choices,
    messages,
    uploads,
    recordings,
    signal,
  };
  const library = wireLibrary({ ...studio, capture });
  if (capture) {
    wireRecording({ ...studio, ...library, recorder: capture.recorder });
  } else {
    mountListenOnly(viewOf("record"), { messages, missing, signal });
  }
  offerUpdates({ ...frame, messages, signal });
}

/** @param {string} name */
function viewOf(name) {
  return find(document, `#view-${name}`, HTMLElement);
}

/** @param {AbortSignal} signal */
function createCapture(signal) {
  const spool = createSpool({ signal });
  const clock = { now: () => Date.now() };
  return { spool, recorder: createRecorder({ spool, clock, signal }) };
}

/**
 * What the person has chosen before.
 *
 * @param {Preferences} preferences
 */
async function readChoices(preferences) {
  const [language, theme, singleKeys, wanted] = await Promise.all(
    ["language", "theme", "singleKeys", "destination"].map(preferences.get),
  );
  const wishes = [String(language ?? ""), ...navigator.languages];
  return {
    language: chooseLanguage(wishes, Object.keys(DICTIONARIES)),
    theme: oneOf(/** @type {const} */ (["light", "dark"]), theme),
    hasSingleKeys: singleKeys !== false,
    wanted:
      oneOf(/** @type {const} */ (["server", "device"]), wanted) ?? "server",
  };
}

/**
 * @template {string} Choice
 * @param {readonly Choice[]} choices
 * @param {unknown} value as it was stored
 */
function oneOf(choices, value) {
  return choices.find((choice) => choice === value) ?? null;
}

/** @typedef {Awaited<ReturnType<typeof readChoices>>} Choices */
/** @typedef {ReturnType<typeof mountFrame>} Frame */

/**
 * What stands around the views.
 *
 * @param {{messages: Messages, preferences: Preferences, choices: Choices, signal: AbortSignal}} parts
 */
function mountFrame({ messages, preferences, choices, signal }) {
  const root = document.body;
  const router = createRouter({ names: VIEWS, signal });
  mountLanguageSwitch(root, {
    messages,
    onChoose: (language) => void preferences.set("language", language),
    signal,
  });
  mountThemeSwitch(root, {
    messages,
    chosen: choices.theme,
    onChoose: (theme) => void preferences.set("theme", theme),
    signal,
  });
  mountShell(root, { messages, router, signal });
  const announcer = createAnnouncer(root, { signal });
  return {
    router,
    announcer,
    toasts: mountToasts(find(root, ".toasts", HTMLElement), {
      messages,
      announcer,
      signal,
    }),
    banners: mountBanners(find(root, ".banners", HTMLElement), {
      messages,
      signal,
    }),
  };
}

/**
 * @typedef {Frame & {
 *   messages: Messages,
 *   preferences: Preferences,
 *   choices: Choices,
 *   uploads: ReturnType<typeof createUploads>,
 *   recordings: ReturnType<typeof createRecordings>,
 *   signal: AbortSignal,
 * }} Studio
 */

/**
 * The library, the player, and the verbs that both views share.
 *
 * @param {Studio & {capture: ReturnType<typeof createCapture> | null}} studio
 */
function wireLibrary({ capture, ...studio }) {
  const { messages, toasts, router, recordings, uploads, signal } = studio;
  const player = createPlayer({
    audioUrl: (id) => recordings.audioUrl(id),
    onFault: () => toasts.fault("PLAYBACK"),
    signal,
  });
  mountDock(find(document, ".dock", HTMLElement), { messages, player, signal });
  const removals = createRemovals({
    preferences: studio.preferences,
    remove: (id) => removeRecording(id, { capture, recordings }),
    now: () => Date.now(),
    signal,
  });
  const actions = createActions({
    messages,
    toasts,
    player,
    removals,
    codeOf: (error) => codeOf(error, "UNKNOWN"),
    recorder: capture && recorderVerbs(capture.recorder, uploads),
    library: {
      rename: (id, name) => recordings.rename(id, name),
      download: (id) => recordings.download(id),
      upload: (id) => uploads.enqueue(id),
      recover: async (id) => capture?.spool.recover(id),
    },
  });
  const { open } = mountRenameDialog(document.body, { signal });
  const view = mountLibraryView(viewOf("library"), {
    messages,
    actions,
    renaming: { ask: open },
    player,
    signal,
  });
  const banner = createInterruptedBanner({
    ...studio,
    actions,
    onShow: () => router.go("library"),
  });
  const known = { rows: /** @type {LibraryRow[]} */ ([]) };
  const feed = createFeed({
    recordings,
    removals,
    onRows: (rows) => {
      known.rows = rows;
      view.update(rows);
      banner.update(rows);
    },
    onFault: (error) => toasts.fault(codeOf(error, "UNKNOWN")),
    signal,
  });
  void removals.resume();
  void feed.read();
  return { actions, known };
}

/**
 * Deletes a recording everywhere; what was never finished exists here only.
 *
 * @param {string} id
 * @param {{capture: ReturnType<typeof createCapture> | null, recordings: Studio["recordings"]}} parts
 */
async function removeRecording(id, { capture, recordings }) {
  const rows = await recordings.list();
  const isCut = rows.some(
    (row) => row.id === id && row.state === "interrupted",
  );
  await (isCut ? capture?.spool.discard(id) : recordings.removeEverywhere(id));
}

/**
 * The recorder's verbs; a take that is to reach the server is followed there.
 *
 * @param {ReturnType<typeof createRecorder>} recorder
 * @param {Studio["uploads"]} uploads
 */
function recorderVerbs(recorder, uploads) {
  return {
    arm: () => recorder.arm(),
    pause: () => recorder.pause(),
    resume: () => recorder.resume(),
    stop: () => recorder.stop(),
    /** @param {{name: string, wanted: "server" | "device"}} options */
    async start(options) {
      await recorder.start(options);
      if (options.wanted === "server" && recorder.take) {
        uploads.follow(recorder.take.id);
      }
    },
  };
}

/**
 * The Record view and its keys.
 *
 * @param {Studio & ReturnType<typeof wireLibrary> & {recorder: ReturnType<typeof createRecorder>}} studio
 */
function wireRecording({ recorder, preferences, choices, known, ...studio }) {
  const { toasts, router, signal } = studio;
  const view = mountRecordView(viewOf("record"), {
    ...studio,
    recorder,
    wanted: choices.wanted,
    onDestination: (wanted) => void preferences.set("destination", wanted),
    isFirstRun: () => known.rows.length === 0,
  });
  listen(studio.recordings, "changed", view.update, signal);
  listen(recorder, "fault", ({ code }) => toasts.fault(code), signal);
  const inView = (/** @type {() => void} */ press) => () => {
    if (router.current === "record") {
      press();
    }
  };
  const shortcuts = mountShortcuts(document, {
    keys: { r: inView(view.toggleRecord), p: inView(view.togglePause) },
    isOn: choices.hasSingleKeys,
    signal,
  });
  mountHelpDialog(document.body, {
    shortcuts,
    onSwitch: (isOn) => void preferences.set("singleKeys", isOn),
    signal,
  });
}

/**
 * Offers a new version of the studio when one is ready.
 *
 * @param {{messages: Messages, banners: Frame["banners"], signal: AbortSignal}} parts
 */
function offerUpdates({ messages, banners, signal }) {
  registerOffline({
    onUpdate: (apply) =>
      banners.put("update", {
        icon: "download",
        text: () => messages.text("update.offer"),
        actions: [
          {
            label: () => messages.text("update.apply"),
            isMain: true,
            press: apply,
          },
        ],
      }),
    signal,
  });
}

void start(new AbortController().signal);
