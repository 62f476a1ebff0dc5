/**
 * Takes that only the server has, and not to the end: their device was lost, or
 * has not come back yet. They can be listened to and kept from any browser.
 *
 * A device that does come back and meets its take as a recording sends it anew,
 * under another name: rescuing takes nothing from anybody.
 *
 * @module
 */

import { StudioError } from "../core/errors.js";

/** @typedef {import("../core/types.js").ServerUpload} ServerUpload */
/** @typedef {ReturnType<typeof createRescues>} Rescues */

/**
 * The part of the server's client that it needs.
 *
 * @typedef {object} RescueServer
 * @property {(signal: AbortSignal) => Promise<{uploads: ServerUpload[], at: number}>} uploads
 *   `at`: the server's own time
 * @property {(request: Record<string, unknown>, signal: AbortSignal) => Promise<{completingMs?: number}>} complete
 */

/** How long a take must have been silent to count as cut off. */
export const QUIET_MS = 60_000;

/**
 * Uploads of takes that have come to a halt, and when the next one will have.
 *
 * @param {ServerUpload[]} uploads
 * @param {number} now the server's time
 * @returns {{cut: ServerUpload[], nextMs: number | null}}
 */
export function findCut(uploads, now) {
  const takes = uploads.filter(isTake);
  const cut = takes.filter(({ updated }) => now - updated >= QUIET_MS);
  const waits = takes
    .filter((take) => !cut.includes(take))
    .map(({ updated }) => updated + QUIET_MS - now);
  return { cut, nextMs: waits.length > 0 ? Math.min(...waits) : null };
}

/**
 * Whether it was sent while it was being made, and has any sound yet: a header
 * alone is none.
 *
 * @param {ServerUpload} upload
 */
function isTake({ chunk_size: chunkSize, prefix_chunks: chunks }) {
  return chunkSize === null && chunks > 1;
}

/**
 * @param {object} options
 * @param {RescueServer} options.server
 * @param {() => void} options.onMature there may be another one: look again
 * @param {AbortSignal} options.signal
 */
export function createRescues({ server, onMature, signal }) {
  /** @type {ServerUpload[]} */
  let cut = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });

  async function refresh() {
    const { uploads, at } = await server.uploads(signal);
    const found = findCut(uploads, at);
    cut = found.cut;
    clearTimeout(timer);
    if (found.nextMs !== null && !signal.aborted) {
      timer = setTimeout(onMature, found.nextMs);
    }
  }

  return {
    /** Takes that were cut off, as last seen. */
    list: () => cut,

    /** Looks anew; rejects with what the server's client throws. */
    refresh,

    /**
     * Makes a recording of what the server has. What was seen may be long ago:
     * a device that has come back since goes on with its take by itself.
     *
     * @param {string} fileId
     */
    async rescue(fileId) {
      await refresh();
      if (!cut.some(({ file_id: id }) => id === fileId)) {
        throw new StudioError("NOT_CUT");
      }
      const request = { file_id: fileId, salvage: true };
      for (;;) {
        const { completingMs } = await server.complete(request, signal);
        if (completingMs === undefined) {
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, completingMs));
        signal.throwIfAborted();
      }
      cut = cut.filter(({ file_id: id }) => id !== fileId);
    },
  };
}
