/**
 * The page's handle on the spool worker, which owns takes and their files.
 *
 * @module
 */

import { makeCalls } from "./calls.js";
import { createPersistence } from "./persistence.js";

/** @typedef {ReturnType<typeof createSpool>} Spool */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").TakeMoment} TakeMoment */
/** @typedef {import("../core/types.js").NewTake} NewTake */

/**
 * Starts the spool worker; it ends with `signal`.
 *
 * Events of it: "progress", "peaks", "fault", "marker", with what TakeEvents (core/types.js) says as
 * detail.
 *
 * @param {{signal: AbortSignal}} options
 */
export function createSpool({ signal }) {
  const events = new EventTarget();
  const url = new URL("./spool.worker.js", import.meta.url);
  const worker = new Worker(url, { type: "module", name: "spool" });
  const call = makeCalls(worker, {
    signal,
    onEvent: (event, detail) =>
      events.dispatchEvent(new CustomEvent(event, { detail })),
    // What it holds is given back; the next page recovers its takes.
    onDead: () => worker.terminate(),
  });
  signal.addEventListener("abort", () => worker.terminate(), { once: true });
  const { storage, permissions } = navigator;
  const browser = { storage, permissions, page: globalThis };
  const persistence = createPersistence({ ...browser, signal });

  return {
    events,

    /**
     * Begins a take; its audio comes on `port` and may be on its way already.
     *
     * @param {NewTake} take
     * @param {MessagePort} port
     * @returns {Promise<void>} when it stands in the journal
     */
    openTake: (take, port) => call("openTake", [take, port], [port]),

    /**
     * Goes on with a take whose audio system was built anew.
     *
     * @param {string} id
     * @param {MessagePort} port  where its audio comes from now on
     * @param {{at: number, frame: number}} place  when, and where in the take
     * @returns {Promise<void>} when there is a further segment
     */
    goOn: (id, port, place) => call("goOn", [id, port, place], [port]),

    /**
     * Goes on with an interrupted take, as openTake() begins one.
     *
     * @param {NewTake} take  what was noted of it, and what is heard now
     * @param {MessagePort} port
     * @returns {Promise<number>} the take's frame that the audio thread's first
     *   one is, when there is a further segment
     */
    continueTake: (take, port) => call("continueTake", [take, port], [port]),

    /**
     * @param {string} id
     * @param {TakeMoment} moment
     * @returns {Promise<void>} when it is noted, and the audio so far is safe
     */
    mark: (id, moment) => call("mark", [id, moment]),

    /**
     * Ends a take after its last block, and asks that it may stay.
     *
     * @param {string} id
     * @returns {Promise<RecordingRow>}
     */
    async closeTake(id) {
      const recording = await call("closeTake", [id]);
      persistence.ask();
      return recording;
    },

    /** @returns {Promise<RecordingRow[]>} */
    listInterrupted: () => call("listInterrupted", []),

    /**
     * @param {string} id
     * @returns {Promise<RecordingRow>}
     */
    recover: (id) => call("recover", [id]),

    /**
     * @param {MessagePort} port  of the channel to the upload worker
     * @returns {Promise<void>}
     */
    attachUpload: (port) => call("attachUpload", [port], [port]),
  };
}
