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

  /** One page at a time; another one that wants to waits for its turn. */
  async function flush() {
    clearTimeout(timer);
    try {
      const options = { signal };
      const sent = await navigator.locks.request("outbox", options, sendAll);
      if (sent > 0) {
        onSent();
      }
    } catch {
      if (!signal.aborted) {
        clearTimeout(timer);
        timer = setTimeout(flush, pauseMs);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
  }
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return { flush };
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
