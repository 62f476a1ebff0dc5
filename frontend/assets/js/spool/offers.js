/**
 * What the spool tells the upload worker, and the bytes it hands over while a
 * take runs: a file that is being written cannot be read by anybody else.
 *
 *     to upload:    {type: "flushed", id, from, to, seconds}
 *                   {type: "finished", id, sizeBytes, headerBytes, sha256, seconds}
 *                   {type: "discarded", id}
 *                   {type: "bytes", ticket, buffer}  null: the take is closed, or this
 *                   read failed
 *     from upload:  {type: "read", id, from, to, ticket}
 *
 * The header is offered on its own, and every later `to` is a cluster's end.
 *
 * @module
 */

import { HEADER_BYTES } from "../core/webm.js";
import { OPUS_RATE } from "../core/opus.js";

/** @typedef {ReturnType<typeof createOffers>} Offers */
/** @typedef {{type: "read", id: string, from: number, to: number, ticket: number}} ReadRequest */

/**
 * @typedef {{type: "flushed", id: string, from: number, to: number, seconds: number}
 *   | {type: "finished", id: string, sizeBytes: number, headerBytes: number,
 *      sha256: string, seconds: number}
 *   | {type: "discarded", id: string}
 *   | {type: "bytes", ticket: number, buffer: ArrayBuffer | null}} OfferMessage
 */

/**
 * @param {(id: string, from: number, length: number) => Promise<Uint8Array<ArrayBuffer> | null>} read
 *     bytes of a running take; null if it does not run
 */
export function createOffers(read) {
  /** @type {MessagePort | null} */
  let port = null;
  /** @type {Map<string, number>} bytes offered of each running take */
  const offered = new Map();

  /**
   * @param {OfferMessage} message
   * @param {Transferable[]} [transfer]
   */
  function tell(message, transfer = []) {
    port?.postMessage(message, transfer);
  }

  /** @param {ReadRequest} request @returns {Promise<ArrayBuffer | null>} */
  async function find({ id, from, to }) {
    try {
      return (await read(id, from, to - from))?.slice().buffer ?? null;
    } catch {
      // Each read has its answer: all other uploads wait for this one.
      return null;
    }
  }

  /** @param {ReadRequest} request */
  async function answer(request) {
    const { ticket } = request;
    const buffer = await find(request);
    tell({ type: "bytes", ticket, buffer }, buffer ? [buffer] : []);
  }

  /**
   * @param {string} id
   * @param {{bytes: number, seconds: number}} flushed
   */
  function offer(id, { bytes, seconds }) {
    const from = offered.get(id) ?? 0;
    if (bytes > from) {
      offered.set(id, bytes);
      tell({ type: "flushed", id, from, to: bytes, seconds });
    }
  }

  return {
    /** @param {MessagePort} end  of the channel to the upload worker */
    attach(end) {
      port = end;
      port.onmessage = ({ data }) => answer(data);
    },

    /**
     * A take goes on: what it has already is offered as one, since the server
     * may have any of it.
     *
     * @param {string} id
     */
    resumed(id) {
      offered.set(id, 0);
    },

    /**
     * @param {string} id
     * @param {{bytes: number, seconds: number}} flushed
     */
    flushed(id, flushed) {
      if (flushed.bytes >= HEADER_BYTES && !offered.has(id)) {
        offer(id, { bytes: HEADER_BYTES, seconds: 0 });
      }
      offer(id, flushed);
    },

    /**
     * @param {string} id
     * @param {Pick<import("./journal.js").FinishedAudio, "sizeBytes" | "sha256" | "frames">} audio
     */
    finished(id, { sizeBytes, sha256, frames }) {
      offered.delete(id);
      const seconds = frames / OPUS_RATE;
      const headerBytes = HEADER_BYTES;
      tell({ type: "finished", id, sizeBytes, headerBytes, sha256, seconds });
    },

    /** @param {string} id */
    discarded(id) {
      offered.delete(id);
      tell({ type: "discarded", id });
    },
  };
}
