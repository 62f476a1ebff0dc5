import { createRecorder } from "../../../assets/js/capture/recorder.js";
import { StudioError } from "../../../assets/js/core/errors.js";
import { installMicrophone } from "./microphone.mjs";

/** @typedef {import("../../../assets/js/core/types.js").NewTake} NewTake */

/**
 * A recorder with a microphone and a spool that do as they are told.
 *
 * @param {import("node:test").TestContext} t
 */
export function setUp(t) {
  const microphone = installMicrophone(t);
  const end = new AbortController();
  t.after(() => end.abort());
  /** @type {string[]} */
  const said = [];
  /** @type {NewTake[]} */
  const takes = [];
  /** @type {import("../../../assets/js/core/types.js").TakeMoment[]} */
  const moments = [];
  /** @type {{at: number, frame: number}[]} */
  const places = [];
  const failing = { open: "", close: "" };
  const clock = { at: 7000, now: () => clock.at, steady: () => clock.at };
  /** @param {string} code */
  const failWith = (code) => {
    if (code) {
      throw new StudioError(code);
    }
  };
  const spool = {
    events: new EventTarget(),
    /** @param {NewTake} take @param {MessagePort} port */
    async openTake(take, port) {
      t.after(() => port.close());
      failWith(failing.open);
      takes.push(take);
    },
    /** @param {string} _ @param {MessagePort} port @param {typeof places[0]} place */
    async goOn(_, port, place) {
      t.after(() => port.close());
      places.push(place);
    },
    /** @param {NewTake} take @param {MessagePort} port */
    async continueTake(take, port) {
      await spool.openTake(take, port);
      return 96_000;
    },
    /** @param {string} _ @param {typeof moments[0]} moment */
    mark: async (_, moment) => void moments.push(moment),
    async closeTake() {
      failWith(failing.close);
      return /** @type {any} */ ({ id: takes.at(-1)?.id, state: "finished" });
    },
  };
  const recorder = createRecorder({
    spool,
    clock,
    signal: end.signal,
  });
  for (const name of ["state", "fault", "finished"]) {
    recorder.addEventListener(name, (event) => {
      const { state, code } = /** @type {CustomEvent} */ (event).detail;
      said.push(state ?? code ?? name);
    });
  }
  return {
    ...{ recorder, microphone, spool, clock, failing, end },
    ...{ said, takes, moments, places },
  };
}

/** Lets everything happen that is under way. */
export async function settle() {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
