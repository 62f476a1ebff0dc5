/**
 * The library: recordings on this device and on the server, as one list, and
 * what can be done with them. Deleting and renaming work without a network; the
 * server hears of it later.
 *
 * @module
 */
import { fileName } from "../core/audio-formats.js";
import { StudioError } from "../core/errors.js";
import { partName } from "../core/parts.js";
import { createAudioUrls } from "./audio-urls.js";
import { createCopies } from "./copies.js";
import { findFacts } from "./facts.js";
import { createListReading } from "./list-reading.js";
import { createOutboxSender } from "./outbox.js";
import { createRescues } from "./rescues.js";
import { createRowCache } from "./row-cache.js";
import { fileIdsOf, mergeRows } from "./rows.js";
import { assertOnServer, freeRecording } from "./removal.js";
import { createServerList } from "./server-list.js";
import { createTrash } from "./trash.js";

/** @typedef {import("./rows.js").LibraryRow} LibraryRow */

/** @typedef {import("./ports.js").LibraryServer & import("./outbox.js").OutboxServer & import("./rescues.js").RescueServer} Server */

const CHANGED_PAUSE_MS = 100;

/** Stores of which the list tells, besides those that are heeded on their own. */
const SHOWN = Object.freeze(["uploads", "serverRecordings", "trash"]);

/**
 * Dispatches `changed` when the list is no longer what it was, and `fault`
 * {code} when the server's list could not be read or kept for a reason that
 * does not pass by itself.
 */
export class Recordings extends EventTarget {
  #database;
  #server;
  #uploads;
  #acquireTake;
  #list;
  #urls;
  #outbox;
  #rows;
  #rescues;
  #reading;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {object} options
   * @param {import("./database.js").Database} options.database
   * @param {Server} options.server
   * @param {import("./ports.js").LibraryUploads & EventTarget} options.uploads
   * @param {import("./room.js").Device} options.device
   * @param {import("./copies.js").CopyPeers} options.peers
   * @param {(name: string) => Promise<(() => void) | null>} options.acquireLock
   * @param {import("./removal.js").AcquireTake} options.acquireTake
   * @param {AbortSignal} options.signal
   */
  constructor(options) {
    const { database, server, uploads, device, peers, signal } = options;
    super();
    this.#database = database;
    this.#server = server;
    this.#uploads = uploads;
    this.#acquireTake = options.acquireTake;
    this.#reading = createListReading({
      server,
      readAgain: () => void this.refresh(),
      onFault: (code) =>
        this.dispatchEvent(new CustomEvent("fault", { detail: { code } })),
      signal,
    });
    this.#urls = createAudioUrls({ files: database.files, server, signal });
    this.#rows = createRowCache(database.recordings);
    this.#list = createServerList({
      mirror: database.serverRecordings,
      readPage: server.recordings,
      onPage: () => this.announce(),
      signal,
    });
    this.#rescues = createRescues({
      server,
      onMature: () => void this.refresh(),
      signal,
    });
    /** On their way from the server to this device. */
    this.copies = createCopies({
      recordings: database.recordings,
      owners: database.owners,
      read: server.audio,
      files: database.files,
      device,
      peers,
      onChange: () => this.announce(),
      signal,
    });
    /** What was deleted and can be restored. */
    this.trash = createTrash({ ...options, now: () => Date.now() });
    this.#outbox = createOutboxSender({
      outbox: database.outbox,
      server,
      onSent: () => this.refresh(),
      signal,
    });
    signal.addEventListener("abort", () => clearTimeout(this.#timer), {
      once: true,
    });
  }

  /** How the server's part of the list was read last. */
  get serverState() {
    return this.#reading.state;
  }

  /** All rows, the newest first. @returns {Promise<LibraryRow[]>} */
  async list() {
    const [recordings, uploads, outbox, server] = await Promise.all([
      this.#rows.list(),
      this.#database.uploads.list(),
      this.#database.outbox.list(),
      this.#list.seen(),
    ]);
    /** @type {Map<string, import("./rows.js").UploadNews>} */
    const news = new Map();
    for (const row of uploads) {
      const latest = this.#uploads.progress(row.id);
      news.set(row.id, { ...row, code: row.error, ...latest });
    }
    return mergeRows({
      recordings,
      server: server.rows,
      serverAsOf: server.asOf,
      uploads: news,
      outbox,
      cut: this.#rescues.list(),
      copying: this.copies.fraction,
    });
  }

  /**
   * Asks the server for its list and tells it what it has not heard yet. Without
   * a network the list stays as it was last seen.
   */
  async refresh() {
    try {
      await this.#list.refresh();
      await this.#rescues.refresh();
      this.#reading.done();
    } catch (error) {
      this.#reading.failed(error);
    }
    this.announce();
  }

  /** The server can be reached (again). */
  async reconnect() {
    await this.#outbox.flush();
    await this.refresh();
  }

  /**
   * @param {string} id
   * @param {string} name
   */
  async rename(id, name) {
    // Told first, for the page may be closed at any moment: a row that has the name
    // would not tell it any more.
    const before = await this.#database.recordings.get(id);
    const told = before?.uploaded?.fileId;
    if (told !== undefined) {
      await this.#post({ kind: "rename", fileId: told, name });
    }
    const own = await this.#database.recordings.update(id, { name });
    this.#rows.note(id);
    const row = await this.#find(id);
    for (const [place, fileId] of fileIdsOf(row).entries()) {
      const change = { name: partName(name, place) };
      if (fileId !== told) {
        await this.#post({ kind: "rename", fileId, ...change });
      }
      await this.#list.patch(fileId, change);
    }
    this.announce();
    await (own?.state === "finished" && this.#database.files.note(own));
  }

  /**
   * Frees the bytes here, provided that the server's copy is the same.
   *
   * @param {string} id
   */
  async removeFromDevice(id) {
    const row = await this.#database.recordings.get(id);
    await assertOnServer(row, this.#server);
    this.#urls.revoke(id);
    await freeRecording(this.#database, id, this.#acquireTake);
    this.#rows.note(id);
    await this.refresh();
  }

  /** @param {string} id of a recording that only the server has */
  async keepHere(id) {
    const original = (await this.#list.rows()).find((row) => row.id === id);
    if (!original) {
      throw new StudioError("NOT_FOUND");
    }
    await this.copies.keep(original);
  }

  /**
   * From the server for good; what is here goes to the trash.
   *
   * @param {string} id of a recording, or one that is gone already
   */
  async removeEverywhere(id) {
    await this.copies.stop(id);
    this.#rows.note(id);
    const row = (await this.list()).find((one) => one.id === id);
    if (!row) {
      return;
    }
    const upload = await this.#database.uploads.get(id);
    this.#uploads.stop(id);
    const { fileId: known, parts } = row;
    const ids = [known, upload?.fileId, ...parts.map(({ fileId }) => fileId)];
    for (const fileId of new Set(ids)) {
      if (fileId) {
        await this.#post({ kind: "delete", fileId });
        await this.#list.drop(fileId);
      }
    }
    if (row.onDevice) {
      this.#urls.revoke(id);
      await this.trash.bury(id);
      this.#rows.note(id);
    }
    this.announce();
  }

  /**
   * @param {string} id
   * @returns {Promise<string>} an address that a player can play
   */
  async audioUrl(id) {
    return this.#urls.of(await this.#find(id));
  }

  /** @param {string} id of a recording whose receipt is asked for */
  facts(id) {
    const { recordings: device } = this.#database;
    return findFacts(id, { device, server: this.#list.rows });
  }

  /** @param {string} id of a take that only the server has, and not to the end */
  async rescue(id) {
    await this.#rescues.rescue(id).finally(() => this.refresh());
  }

  /** @param {string} id saves it under its name */
  async download(id) {
    const row = await this.#find(id);
    const url = await this.audioUrl(id);
    const isLocal = url.startsWith("blob:");
    const link = document.createElement("a");
    link.href = isLocal ? url : this.#server.downloadUrl(row.fileId ?? id);
    link.download = isLocal ? fileName(row) : "";
    link.click();
  }

  /** @param {import("./database.js").Change} change */
  hear({ store, id }) {
    if (store === "recordings") {
      this.#rows.note(id);
    } else if (store === "outbox") {
      this.#outbox.flush();
    } else if (store === "serverRecordings") {
      this.#list.forget();
    } else if (!SHOWN.includes(store)) {
      return;
    }
    this.announce();
  }

  /** Tells listeners, once for what happens within a moment. */
  announce() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.dispatchEvent(new Event("changed"));
    }, CHANGED_PAUSE_MS);
  }

  /** @param {string} id */
  async #find(id) {
    const row = (await this.list()).find((one) => one.id === id);
    if (!row) {
      throw new StudioError("NOT_FOUND");
    }
    return row;
  }

  /** @param {Omit<import("../core/types.js").OutboxRow, "at">} row */
  async #post(row) {
    await this.#database.outbox.add({ ...row, at: Date.now() });
  }
}
