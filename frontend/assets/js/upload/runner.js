/**
 * Runs the uploads of this page: running takes at once, finished recordings a
 * few at a time. A Web Lock `upload:<id>` per recording sees to it that only one
 * page sends it, and that another takes over when that page is gone.
 *
 * @module
 */
import { isUploaded } from "../core/parts.js";
import { createQueue } from "./queue.js";
import { uploadOne } from "./upload-one.js";

/** @typedef {import("./spool-link.js").LiveTake} LiveTake */
/** @typedef {import("./upload-one.js").Surroundings} Surroundings */
/** @typedef {import("./driver.js").Driver} Driver */

/**
 * @typedef {object} Run
 * @property {AbortController} end
 * @property {Driver | null} driver
 * @property {Promise<void>} over
 * @property {{isWished: boolean} | null} again asked for when this run could not
 *   heed it any more, or not yet
 */

/** Finished recordings that are sent at the same time. */
const MOST_AT_A_TIME = 2;

export class Runner {
  #surroundings;
  #onFault;
  #queue = createQueue(MOST_AT_A_TIME);
  /** @type {Map<string, Run>} */
  #runs = new Map();
  /** @type {Set<string>} */
  #followed = new Set();
  /** Takes of this page, also those whose upload has come to rest. @type {Set<string>} */
  #live = new Set();

  /**
   * @param {Surroundings} surroundings
   * @param {(error: unknown) => void} onFault what no upload's state can tell
   */
  constructor(surroundings, onFault) {
    this.#surroundings = surroundings;
    this.#onFault = onFault;
  }

  /**
   * @param {string} id
   * @param {boolean} [isWished] a person asks for it: paused and failed ones too
   */
  start(id, isWished = false) {
    const before = this.#runs.get(id);
    if (before?.driver && !before.driver.isOver) {
      before.driver.dispatch({ type: isWished ? "wake" : "reachable" });
      return;
    }
    if (before) {
      const wasWished = before.again?.isWished ?? false;
      before.again = { isWished: isWished || wasWished };
      return;
    }
    const end = new AbortController();
    /** @type {Run} */
    const run = { end, driver: null, over: Promise.resolve(), again: null };
    this.#runs.set(id, run);
    run.over = this.#carryOut(id, isWished, run).catch(this.#onFault);
  }

  /** Starts what is finished, wanted on the server, and not there. */
  async startUnsent() {
    const rows = await this.#surroundings.store.unsent();
    rows.forEach(({ id }) => this.start(id));
  }

  /** @param {string} id of a recording that has changed */
  async review(id) {
    const { store } = this.#surroundings;
    if (await store.isUnsent(id)) {
      this.start(id);
    } else if (this.#runs.has(id) && !(await store.find(id))) {
      await this.stop(id);
    }
  }

  /** @param {string} id of a take that runs, or soon will: send it live */
  follow(id) {
    this.#followed.add(id);
    this.#live.add(id);
    if (this.#surroundings.link.take(id)) {
      this.start(id);
    }
  }

  /**
   * News of a running take.
   *
   * @param {string} id
   * @param {LiveTake} take
   */
  hear(id, { source, sha256 }) {
    const driver = this.#runs.get(id)?.driver;
    if (driver && sha256 !== null) {
      driver.dispatch({ type: "finished", source, sha256 });
    } else if (driver) {
      driver.dispatch({ type: "grown", source });
    } else if (this.#followed.has(id)) {
      this.start(id);
    }
  }

  /**
   * That the server shall have none of it is on record before anything is
   * forgotten: the page may be gone at any moment.
   *
   * @param {string} id of a take that was thrown away
   */
  async discard(id) {
    const { store } = this.#surroundings;
    this.#followed.delete(id);
    this.#live.delete(id);
    const ended = this.#end(id);
    await store.takeBack(id);
    await ended;
    // Under another name by now, if the server had asked for one.
    await store.abandon(id);
  }

  /**
   * Gives up what is under way, or waits to be: nothing remembers it, so that it
   * begins anew if it is wished for again.
   *
   * @param {string} id
   */
  async stop(id) {
    const { link, store } = this.#surroundings;
    this.#followed.delete(id);
    this.#live.delete(id);
    await this.#end(id);
    link.drop(id);
    await store.forget(id);
  }

  /** @param {string} id ends the run of this page, if there is one */
  async #end(id) {
    const run = this.#runs.get(id);
    run?.end.abort();
    await run?.over;
  }

  /** @param {string} id stays paused until a person goes on with it */
  async pause(id) {
    const run = this.#runs.get(id);
    if (run?.driver && !run.driver.isOver) {
      run.driver.dispatch({ type: "pause" });
    } else if (run) {
      // Before its first part, between two of them, or behind the last one.
      await this.#end(id);
      const recording = await this.#surroundings.store.find(id);
      if (recording && !isUploaded(recording)) {
        await this.#note(id, "paused");
      }
    }
  }

  /**
   * Tries at once what waits, save where the server asked for the pause, and
   * what had to wait for somebody to sign in.
   */
  async wake() {
    this.#runs.forEach(({ driver }) => driver?.dispatch({ type: "reachable" }));
    const ids = [...this.#live];
    ids
      .filter((id) => this.#surroundings.link.take(id) && !this.#runs.has(id))
      .forEach((id) => this.start(id));
    await this.startUnsent();
  }

  /**
   * @param {string} id
   * @param {"queued" | "paused"} state
   */
  async #note(id, state) {
    const { store, report } = this.#surroundings;
    const { ackBytes, totalBytes } = await store.note(id, state);
    const code = null;
    report({ id, state, ackBytes, totalBytes, serverSeconds: 0, code });
  }

  /**
   * @param {string} id
   * @param {boolean} isWished
   * @param {Run} run
   */
  async #carryOut(id, isWished, run) {
    const { signal } = run.end;
    const { link } = this.#surroundings;
    /** @param {Driver} driver */
    const onDriver = (driver) => {
      run.driver = driver;
      run.again = null;
    };
    const errand = { id, isWished, signal, onDriver };
    const turn = () =>
      navigator.locks.request(`upload:${id}`, { signal }, () =>
        uploadOne(this.#surroundings, errand),
      );
    const isRunning = link.take(id)?.source.isFinished === false;
    try {
      if (isWished) {
        await this.#note(id, "queued");
      }
      await (isRunning ? turn() : this.#queue.add(turn, signal));
    } catch (error) {
      if (!signal.aborted) {
        throw error;
      }
    } finally {
      this.#runs.delete(id);
      if (run.driver) {
        this.#followed.delete(id);
      }
      if (run.again && !signal.aborted) {
        this.start(id, run.again.isWished);
      }
    }
  }
}
