/**
 * The composition root of all but the first view: the server, the library, the
 * player, settings and about, what the service worker keeps. main.js loads it once
 * Record works, and hands over what both need.
 *
 * @module
 */
import { createRecordings } from "./library/create-recordings.js";
import { createLibraryZip } from "./library/create-zip.js";
import { createDeviceCare } from "./library/device-care.js";
import { beginErasing, hearErasing } from "./library/erase.js";
import { createOtherFiles } from "./library/other-files.js";
import { createMedia } from "./media/client.js";
import { createFormats } from "./media/formats.js";
import { about } from "./offline/about.js";
import { device } from "./offline/device.js";
import { registerOffline } from "./offline/register.js";
import { createEndedTakes } from "./spool/ended-takes.js";
import { acquireLock, takeLock } from "./spool/locks.js";
import { createActions } from "./ui/actions.js";
import { mountAround } from "./ui/around.js";
import { mountDeleting } from "./ui/deleting.js";
import { find, listen } from "./ui/dom.js";
import { createFeed } from "./ui/feed.js";
import { createInterruptedBanner } from "./ui/interrupted.js";
import { readLibraryChoices } from "./ui/library-choices.js";
import { mountLibraryView } from "./ui/library-view.js";
import { mountOtherFormats } from "./ui/other-formats.js";
import { mountPlaying } from "./ui/playing.js";
import { mountReceiptDialog } from "./ui/receipt.js";
import { recorderVerbs } from "./ui/recorder-verbs.js";
import { mountRoom } from "./ui/room.js";
import { offerSignIn } from "./ui/sign-in.js";
import { createUpdateOffer } from "./ui/update-offer.js";
import { announceUploads } from "./ui/upload-news.js";
import { askWhenLost, createReachability } from "./upload/reachability.js";
import { createServer } from "./upload/server.js";
import { createSignIn } from "./upload/sign-in.js";

/** @typedef {import("./main.js").Studio} Studio */
/** @typedef {ReturnType<typeof connect>} Connected */

/**
 * @param {Studio} studio
 * @returns {Promise<import("./main.js").LaterParts>}
 */
export async function mountLater(studio) {
  const { preferences, capture, record, beginUploads, signal } = studio;
  beginUploads(); // whatever comes of the views
  const choices = {
    ...studio.choices,
    ...(await readLibraryChoices(preferences)),
  };
  const parts = { ...studio, choices, ...connect(studio) };
  const { help } = mountAround(document.body, { ...parts, ...about });
  const { actions, removals, isRead } = wireLibrary(parts);
  if (capture && record) {
    const { recorder } = capture;
    const view = find(document, "#view-record", HTMLElement);
    mountRoom(view, { ...parts, ...device, recorder });
    const { makeWay } = parts.recordings.copies;
    listen(recorder, "state", makeWay, signal);
    listen(removals.changes, "added", ({ id }) => record.forget(id), signal);
  }
  void registerOffline({ onUpdate: createUpdateOffer(parts), signal });
  await isRead;
  return { actions, help };
}

/**
 * The server, and what has to do with it.
 *
 * @param {Studio} studio
 */
function connect({ database, uploads, toasts, messages, signal, ...told }) {
  const server = createServer();
  const reachability = createReachability({ server, signal });
  const parts = { database, server, uploads, device, acquireLock, signal };
  const recordings = createRecordings({ ...parts, acquireTake });
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
  const page = { language: () => messages.language, end: told.end };
  hearErasing({ ...page, ...device, signal });
  const care = createDeviceCare({
    ...about,
    database,
    recordings,
    log: told.log,
    uploads,
    beginErasing: () => beginErasing(database, page),
  });
  return { server, reachability, recordings, zip, formats, care };
}

/** @typedef {Omit<Studio, "choices"> & Connected & {choices: Studio["choices"] & import("./ui/library-choices.js").LibraryChoices}} Wired */

/**
 * The library, the player, and the verbs that both views share.
 *
 * @param {Wired} studio
 */
function wireLibrary(studio) {
  const { capture, messages, router, recordings, uploads, signal } = studio;
  /** @param {string} id */
  const rowOf = (id) => feed.rows.find((row) => row.id === id);
  const player = mountPlaying(document.body, {
    ...studio,
    audioUrl: (id) => recordings.audioUrl(id),
    peaksOf: (id) => rowOf(id)?.peaks,
    momentsOf: (id) => rowOf(id)?.moments,
    recorder: capture?.recorder ?? null,
  });
  listen(studio.takes, "begin", () => player.close(), signal);
  const deleting = { ...studio, acquireTake };
  const { removals, trash } = mountDeleting(document.body, deleting);
  const receipt = mountReceiptDialog(document.body, { messages, signal });
  const other = mountOtherFormats(document.body, {
    ...studio,
    onStored: (id) => actions.download(id),
  });
  const actions = createActions({
    ...studio,
    player,
    removals,
    trash,
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
  const view = mountLibraryView(find(document, "#view-library", HTMLElement), {
    ...studio,
    actions,
    player,
  });
  const banner = createInterruptedBanner({
    ...studio,
    actions,
    onShow: () => router.go("library"),
  });
  const ended = watchEndedTakes(studio);
  const feed = createFeed({
    recordings,
    removals,
    onRows: (rows, deleted) => {
      view.update(rows, deleted);
      banner.update(rows);
      ended?.watch(rows);
    },
    onFault: (error) => view.fail(studio.codeOf(error)),
    signal,
  });
  announceUploads({ ...studio, nameOf: (id) => rowOf(id)?.name ?? null });
  void removals.resume();
  return { actions, feed, removals, isRead: feed.read() };
}

/**
 * Finds what another page left unfinished, now and whenever one may have; the list
 * then shows it.
 *
 * @param {Studio} studio
 */
function watchEndedTakes({ capture, attempt, signal }) {
  if (!capture) {
    return null;
  }
  const find = () => attempt(() => capture.spool.listInterrupted());
  void find();
  const { locks } = navigator;
  return createEndedTakes({ locks, onEnded: find, signal });
}

/** @param {string} id of a take that nobody else is to have meanwhile */
function acquireTake(id) {
  return acquireLock(takeLock(id));
}
