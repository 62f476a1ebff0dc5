/**
 * Sends deletions and renamings to the server, in the order they were made, as
 * soon as it can be reached. They are in the database until the server has
 * heard of them, so closing the page loses none.
 *
 * @module
 */

/** @typedef {import("../core/types.js").OutboxRow} OutboxRow */
/** @typedef {OutboxRow & {key: number}} StoredRow */

/**
 * The part of the server's client that it needs.
 *
 * @typedef {object} OutboxServer
 * @property {(fileId: string) => Promise<void>} remove
 * @property {(fileId: string, name: string) => Promise<unknown>} rename
 * @property {(error: unknown) => boolean} isPassing whether to try again later
 * @property {(error: unknown) => number} retryAfterMs what it asks for; else 0
 */

const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * @param {object} options
 * @param {import("./database.js").Database["outbox"]} options.outbox
 * @param {OutboxServer} options.server
 * @param {() => void} options.onSent something has been sent
 * @param {AbortSignal} options.signal
 */
export function createOutboxSender({ outbox, server, onSent, signal }) {
  let pauseMs = FIRST_PAUSE_MS;
  let notBefore = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  async function sendAll() {
    const rows = await outbox.list();
    for (const [place, row] of rows.entries()) {
      if (!isOvertaken(row, rows.slice(place + 1))) {
        await send(row, server);
      }
      await outbox.remove(row.key);
    }
    pauseMs = FIRST_PAUSE_MS;
    return rows.length;
  }

  /** @param {unknown} error */
  function tryLater(error) {
    const askedMs = server.retryAfterMs(error);
    notBefore = Date.now() + askedMs;
    clearTimeout(timer);
    timer = setTimeout(flush, Math.max(pauseMs, askedMs));
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }

  /**
   * One page at a time; another one that wants to waits for its turn. Nothing is
   * sent before the time that the server asked for.
   */
  async function flush() {
    if (Date.now() < notBefore) {
      return;
    }
    clearTimeout(timer);
    try {
      const sent = await alone(sendAll, signal);
      if (sent > 0) {
        onSent();
      }
    } catch (error) {
      if (!signal.aborted) {
        tryLater(error);
      }
    }
  }
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return { flush };
}

/**
 * Pages that no browser gives locks, those of plain http, may both send the same:
 * it says the same twice.
 *
 * @param {() => Promise<number>} work
 * @param {AbortSignal} signal
 * @returns {Promise<number>}
 */
function alone(work, signal) {
  const { locks } = navigator;
  return locks ? locks.request("outbox", { signal }, work) : work();
}

/**
 * Whether a later change makes this one pointless: the newest name wins.
 *
 * @param {OutboxRow} row
 * @param {OutboxRow[]} later
 */
export function isOvertaken({ kind, fileId }, later) {
  return (
    kind === "rename" && later.some((another) => another.fileId === fileId)
  );
}

/**
 * Resolves also when the server refuses for good: it is gone, or was never
 * there.
 *
 * @param {StoredRow} row
 * @param {OutboxServer} server
 */
async function send({ kind, fileId, name }, server) {
  try {
    await (kind === "delete"
      ? server.remove(fileId)
      : server.rename(fileId, name ?? ""));
  } catch (error) {
    if (server.isPassing(error)) {
      throw error;
    }
  }
}
