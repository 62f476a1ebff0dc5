/**
 * The device's database: rows about recordings, takes, uploads, preferences.
 * Audio itself lies in OPFS, and here where there is none: `files` finds it.
 *
 * Calling sequence: `openDatabase()` once per page or worker, `close()` at its
 * end. Every promise of a change resolves when its transaction is complete, and
 * the change is then announced to all pages and workers on the broadcast channel
 * (see `watchDatabase`). A failure is a StudioError:
 *
 *     DATABASE_NEWER   another tab has brought a newer version: reload this one
 *     STORAGE_FULL     the browser grants no more space
 *     DATABASE_LOST    the browser has no database, or took it away
 *
 * @module
 */
import { holdConnection, withConnection } from "./connection.js";
import { createLogTable } from "./log-table.js";
import { createPages } from "./pages.js";
import { createTakeFiles } from "./take-files.js";
import { DATABASE_NAME, MIGRATIONS } from "./schema.js";
import { createOwners, createTrashTable } from "./trash-table.js";
import {
  createMirror,
  createOutbox,
  createPreferences,
  createPutTake,
  createTable,
} from "./tables.js";

/** @typedef {import("./schema.js").StoreName} StoreName */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").TakeRow} TakeRow */
/** @typedef {import("../core/types.js").UploadRow} UploadRow */
/** @typedef {{type: "changed", store: StoreName, id: string | number | null}} Change `id` null: many rows */
/** @typedef {Awaited<ReturnType<typeof openDatabase>>} Database */

export const CHANNEL_NAME = "waveforge";

/**
 * Opens the database, creating or migrating it where needed.
 *
 * @param {object} [options]
 * @param {string} [options.name]
 * @param {() => void} [options.onBlocked] another tab keeps an older version open
 *   and has to be closed before this call can go on
 */
export async function openDatabase({ name = DATABASE_NAME, onBlocked } = {}) {
  const link = holdConnection({ name, migrations: MIGRATIONS, onBlocked });
  await withConnection(link, async () => undefined);
  const channel = new BroadcastChannel(CHANNEL_NAME);
  /** @type {import("./tables.js").Announce} */
  const announce = (store, id) =>
    channel.postMessage({ type: "changed", store, id });
  const access = { link, announce };

  /** @type {ReturnType<typeof createTable<RecordingRow>>} */
  const recordings = createTable(access, "recordings");
  /** @type {ReturnType<typeof createTable<TakeRow>>} */
  const takes = createTable(access, "crashGuard");
  /** @type {ReturnType<typeof createTable<UploadRow>>} */
  const uploads = createTable(access, "uploads");
  const pages = createPages(access);
  return {
    recordings,
    takes,
    putTake: createPutTake(access),
    pages,
    files: createTakeFiles(pages),
    uploads,
    outbox: createOutbox(access),
    serverRecordings: createMirror(access),
    trash: createTrashTable(access),
    owners: createOwners(access),
    log: createLogTable(access),
    preferences: createPreferences({ ...access, watch: watchDatabase }),
    close() {
      channel.close();
      link.close();
    },
  };
}

/**
 * Calls `listener` after each change made by any page or worker of this origin,
 * this one included.
 *
 * @param {(change: Change) => void} listener
 * @param {{signal: AbortSignal}} options the end of it
 */
export function watchDatabase(listener, { signal }) {
  const channel = new BroadcastChannel(CHANNEL_NAME);
  channel.addEventListener(
    "message",
    ({ data }) => {
      if (data?.type === "changed") {
        listener(data);
      }
    },
    { signal },
  );
  signal.addEventListener("abort", () => channel.close(), { once: true });
}
