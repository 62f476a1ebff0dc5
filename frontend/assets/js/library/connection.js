/**
 * The connection to IndexedDB, and transactions on it.
 *
 * A connection that the browser took away, or that made way for a newer version
 * of the app, is opened anew when it is next needed. Failures are StudioErrors;
 * their codes stand in database.js.
 *
 * @module
 */
import { openDB } from "../../vendor/idb-8.0.4/index.js";
import { StudioError } from "../core/errors.js";

/** @typedef {import("../../vendor/idb-8.0.4/index.js").IDBPDatabase} RawConnection */
/** @typedef {import("./schema.js").StoreName} StoreName */
/** @typedef {ReturnType<typeof holdConnection>} Link */

/**
 * @template {IDBTransactionMode} Mode
 * @typedef {import("../../vendor/idb-8.0.4/index.js").IDBPObjectStore<unknown, [StoreName], StoreName, Mode>} Store
 */

/** @type {Record<string, string>} */
const CODES = {
  VersionError: "DATABASE_NEWER",
  QuotaExceededError: "STORAGE_FULL",
};

/**
 * @param {object} options
 * @param {string} options.name
 * @param {((connection: RawConnection) => void)[]} options.migrations
 * @param {() => void} [options.onBlocked] an older tab keeps this one waiting
 */
export function holdConnection({ name, migrations, onBlocked }) {
  /** @type {Promise<RawConnection> | null} */
  let current = null;
  const close = () => {
    current?.then(
      (connection) => connection.close(),
      () => undefined,
    );
    current = null;
  };
  const drop = () => {
    current = null;
  };
  const open = () =>
    openDB(name, migrations.length, {
      upgrade: (connection, oldVersion) =>
        migrations.slice(oldVersion).forEach((step) => step(connection)),
      blocked: onBlocked,
      blocking: close,
      terminated: drop,
    });
  const acquire = () => {
    current ??= open();
    current.catch(drop);
    return current;
  };
  return { acquire, close, drop };
}

/**
 * @param {unknown} error
 * @returns {StudioError}
 */
function describe(error) {
  const name = error instanceof Error ? error.name : "";
  return new StudioError(CODES[name] ?? "DATABASE_LOST", { cause: error });
}

/**
 * Runs `work` on a connection, once more on a new one if the first had gone.
 *
 * @template Result
 * @param {Link} link
 * @param {(connection: RawConnection) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withConnection(link, work) {
  try {
    const connection = await link.acquire();
    try {
      return await work(connection);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "InvalidStateError") {
        throw error;
      }
    }
    link.drop();
    return await work(await link.acquire());
  } catch (error) {
    throw describe(error);
  }
}

/**
 * Stores by their names, in one transaction.
 *
 * @template {IDBTransactionMode} Mode
 * @typedef {(name: StoreName) => Store<Mode>} Stores
 */

/**
 * @template Result
 * @param {Link} link
 * @param {StoreName} name
 * @param {(store: Store<"readonly">) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export function read(link, name, work) {
  return withConnection(link, (connection) =>
    work(connection.transaction(name).store),
  );
}

/**
 * Changes one store in one transaction; resolves when that is complete: then it
 * survives a loss of power, or, if it is "relaxed", the browser's end.
 *
 * @template Result
 * @param {Link} link
 * @param {StoreName} name
 * @param {(store: Store<"readwrite">) => Promise<Result>} work
 * @param {"strict" | "relaxed"} [durability]
 * @returns {Promise<Result>}
 */
export function write(link, name, work, durability = "strict") {
  return withConnection(link, async (connection) => {
    const transaction = connection.transaction(name, "readwrite", {
      durability,
    });
    const [result] = await Promise.all([
      work(transaction.store),
      transaction.done,
    ]);
    return result;
  });
}

/**
 * Reads several stores as they are at one moment.
 *
 * @template Result
 * @param {Link} link
 * @param {StoreName[]} names
 * @param {(stores: Stores<"readonly">) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export function readAll(link, names, work) {
  return withConnection(link, (connection) =>
    work(storesOf(connection.transaction(names))),
  );
}

/**
 * Changes several stores in one transaction, all or none; resolves when that is
 * complete and survives a loss of power.
 *
 * @template Result
 * @param {Link} link
 * @param {StoreName[]} names
 * @param {(stores: Stores<"readwrite">) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export function writeAll(link, names, work) {
  return withConnection(link, async (connection) => {
    const durability = /** @type {const} */ ("strict");
    const transaction = connection.transaction(names, "readwrite", {
      durability,
    });
    const [result] = await Promise.all([
      work(storesOf(transaction)),
      transaction.done,
    ]);
    return result;
  });
}

/**
 * @param {{objectStore: (name: StoreName) => unknown}} transaction
 * @returns {(name: StoreName) => any}
 */
function storesOf(transaction) {
  return (name) => transaction.objectStore(name);
}
