/**
 * Stores of the device's database, and how an older one becomes today's.
 *
 *     recordings        RecordingRow     by id; index timestamp
 *     preferences       PreferenceRow    by name
 *     crashGuard        TakeRow          by id: the takes being recorded
 *     uploads           UploadRow        by id, the recording's
 *     outbox            OutboxRow        by a growing key
 *     serverRecordings  ServerRecording  by id; index timestamp: the server's
 *                                        list as last seen, shown offline
 *     takePages         ArrayBuffer      by [take, file name, page]: bytes of
 *                                        takes where there is no OPFS (pages.js)
 *     trash             TrashRow         by id, the recording's: what was deleted and
 *                                        can be restored
 *     log               LogEntry         by a growing key: the latest (log.js)
 *
 * Migration n leads from version n to n + 1. One that has been published is
 * never edited: a change of the schema is a further migration.
 *
 * @module
 */

/** @typedef {import("./connection.js").RawConnection} RawConnection */
/** @typedef {"recordings" | "preferences" | "crashGuard" | "uploads" | "outbox" | "serverRecordings" | "takePages" | "trash" | "log"} StoreName */

export const DATABASE_NAME = "waveforge";

/** @type {((connection: RawConnection) => void)[]} */
export const MIGRATIONS = [
  createStores,
  createPageStore,
  createTrashStore,
  createLogStore,
];

/** @param {RawConnection} connection */
function createStores(connection) {
  for (const name of ["recordings", "serverRecordings"]) {
    const store = connection.createObjectStore(name, { keyPath: "id" });
    store.createIndex("timestamp", "timestamp");
  }
  connection.createObjectStore("preferences", { keyPath: "name" });
  connection.createObjectStore("crashGuard", { keyPath: "id" });
  connection.createObjectStore("uploads", { keyPath: "id" });
  connection.createObjectStore("outbox", {
    keyPath: "key",
    autoIncrement: true,
  });
}

/** @param {RawConnection} connection */
function createPageStore(connection) {
  connection.createObjectStore("takePages");
}

/** @param {RawConnection} connection */
function createTrashStore(connection) {
  connection.createObjectStore("trash", { keyPath: "id" });
}

/** @param {RawConnection} connection */
function createLogStore(connection) {
  connection.createObjectStore("log", { autoIncrement: true });
}
