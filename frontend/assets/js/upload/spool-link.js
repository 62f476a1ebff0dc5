/**
 * The upload worker's end of the port to the spool worker: which takes are
 * running, how much of each is flushed, and their bytes.
 *
 * @module
 */

import { HEADER_BYTES } from "../core/webm.js";

/** @typedef {import("./chunks.js").Source} Source */
/** @typedef {{source: Source, sha256: string | null}} LiveTake */
/** @typedef {ReturnType<typeof createSpoolLink>} SpoolLink */

/**
 * @param {MessagePort} port
 * @param {object} on
 * @param {(id: string, take: LiveTake) => void} on.changed more was flushed, or
 *   the take has been finished (then `sha256` is set)
 * @param {(id: string) => void} on.discarded
 */
export function createSpoolLink(port, { changed, discarded }) {
  /** @type {Map<string, LiveTake>} */
  const takes = new Map();
  const reads = createReads(port);

  /** @param {{id: string, to: number, seconds: number}} news */
  function grow({ id, to, seconds }) {
    const before = takes.get(id)?.source ?? emptySource();
    const borders = [...before.borders, { to, seconds }];
    setTake(id, { ...before, availableBytes: to, borders }, null);
  }

  /** @param {{id: string, sizeBytes: number, headerBytes: number, sha256: string, seconds: number}} news */
  function finish({ id, sizeBytes, headerBytes, sha256, seconds }) {
    const borders = takes.get(id)?.source.borders ?? [];
    const source = {
      availableBytes: sizeBytes,
      isFinished: true,
      headerBytes,
      borders: [...borders, { to: sizeBytes, seconds }],
    };
    setTake(id, source, sha256);
  }

  /**
   * @param {string} id
   * @param {Source} source
   * @param {string | null} sha256
   */
  function setTake(id, source, sha256) {
    const take = { source, sha256 };
    takes.set(id, take);
    changed(id, take);
  }

  port.onmessage = ({ data }) => {
    if (data.type === "flushed") {
      grow(data);
    } else if (data.type === "finished") {
      finish(data);
    } else if (data.type === "discarded") {
      takes.delete(data.id);
      discarded(data.id);
    } else if (data.type === "bytes") {
      reads.answer(data.ticket, data.buffer);
    }
  };

  return {
    read: reads.request,

    /** @param {string} id */
    take: (id) => takes.get(id),

    /**
     * Forgets borders that the server has passed, save the last of them.
     *
     * @param {string} id
     * @param {number} ackBytes
     */
    forget(id, ackBytes) {
      const take = takes.get(id);
      if (take) {
        const { source } = take;
        const passed = source.borders.filter(({ to }) => to <= ackBytes);
        const borders = source.borders.slice(Math.max(0, passed.length - 1));
        takes.set(id, { ...take, source: { ...source, borders } });
      }
    },

    /** @param {string} id */
    drop: (id) => takes.delete(id),
  };
}

/** @returns {Source} */
function emptySource() {
  return {
    availableBytes: 0,
    isFinished: false,
    headerBytes: HEADER_BYTES,
    borders: [],
  };
}

/** A worker that is dead does not answer; finished recordings wait meanwhile. */
const SILENCE_MS = 30_000;

/** @param {MessagePort} port */
function createReads(port) {
  /** @type {Map<number, (buffer: ArrayBuffer | null) => void>} */
  const waiting = new Map();
  let tickets = 0;

  /**
   * @param {number} ticket
   * @param {ArrayBuffer | null} buffer
   */
  function answer(ticket, buffer) {
    waiting.get(ticket)?.(buffer);
    waiting.delete(ticket);
  }

  return {
    /**
     * @param {string} id
     * @param {number} from
     * @param {number} to
     * @returns {Promise<ArrayBuffer | null>} null: closed meanwhile, or not to
     *   be had from there; read the file
     */
    request: (id, from, to) =>
      new Promise((resolve) => {
        const ticket = (tickets += 1);
        const timer = setTimeout(() => answer(ticket, null), SILENCE_MS);
        waiting.set(ticket, (buffer) => {
          clearTimeout(timer);
          resolve(buffer);
        });
        port.postMessage({ type: "read", id, from, to, ticket });
      }),
    answer,
  };
}
