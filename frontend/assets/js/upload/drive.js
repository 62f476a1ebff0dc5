/**
 * Drives an upload until nothing is left to do for it, keeps its row and tells how
 * far it is.
 *
 * @module
 */
import { createDriver } from "./driver.js";
import { drivePart } from "./part-upload.js";
import { describeProgress } from "./progress.js";

/** @typedef {import("./transitions.js").UploaderState} UploaderState */
/** @typedef {import("./upload-one.js").Surroundings} Surroundings */
/** @typedef {import("./upload-one.js").Errand} Errand */

/**
 * What is sent.
 *
 * @typedef {object} Content
 * @property {import("./driver.js").DriverUpload} upload
 * @property {() => number} seconds that it plays, if it is finished
 * @property {import("./performer.js").Parts} parts
 * @property {import("./part-upload.js").PartUpload} [part] it is one of several
 * @property {import("./part-upload.js").Ahead} [ahead] of that
 */

/**
 * @param {Surroundings} surroundings
 * @param {Errand} errand
 * @param {Content} content
 * @returns {Promise<UploaderState>} the last
 */
export async function drive(surroundings, errand, content) {
  const { store, tickMs } = surroundings;
  const { id, signal } = errand;
  const { upload, parts, part } = content;
  const keeper = createKeeper((state) => store.save(id, state));
  const tell = createTeller(surroundings, id, content);
  let isOver = false;
  /** @param {UploaderState} state */
  const onChange = (state) => {
    if (!isOver) {
      keeper.keep(state);
      tell(state);
    }
  };
  const own = createDriver({ id, upload, parts, onChange, signal });
  const driver = part ? drivePart(own, part, signal) : own;
  const heedLimit = () => {
    const longestBytes = parts.line.longestBytes();
    driver.dispatch({ type: "limit", longestBytes });
  };
  const timer = setInterval(() => {
    heedLimit();
    driver.dispatch({ type: "tick" });
  }, tickMs);
  errand.onDriver(driver);
  if (part) {
    hearLatest(driver, surroundings.link.take(id));
  }
  heedLimit();
  driver.dispatch({ type: "start" });
  const last = await driver.ended;
  isOver = true;
  clearInterval(timer);
  await keeper.idle();
  return last;
}

/**
 * What a running take told while its part was being opened was told to nobody.
 *
 * @param {import("./driver.js").Driver} driver
 * @param {import("./spool-link.js").LiveTake} [take]
 */
function hearLatest(driver, take) {
  if (take && take.sha256 !== null) {
    const { source, sha256 } = take;
    driver.dispatch({ type: "finished", source, sha256 });
  } else if (take) {
    driver.dispatch({ type: "grown", source: take.source });
  }
}

/**
 * @param {Surroundings} surroundings
 * @param {string} id the recording's
 * @param {Content} content
 */
function createTeller({ link, report }, id, { seconds, parts, part, ahead }) {
  let told = "";
  return (/** @type {UploaderState} */ state) => {
    const ackBytes = state.layout?.ackBytes ?? 0;
    link.forget(id, part ? part.forget(ackBytes) : ackBytes);
    const limit = parts.line.limit();
    const facts = { seconds: seconds(), limit, ahead };
    const progress = describeProgress(id, state, facts);
    if (JSON.stringify(progress) !== told) {
      told = JSON.stringify(progress);
      report(progress);
    }
  };
}

/**
 * Writes the latest state, one write at a time, and only if it says more than
 * the one before. That a write fails is no reason to stop: the server knows.
 *
 * @param {(state: UploaderState) => Promise<void>} write
 */
function createKeeper(write) {
  /** @type {UploaderState | null} */
  let next = null;
  let writing = Promise.resolve();
  let written = "";

  async function writeNext() {
    const state = next;
    next = null;
    if (state && signatureOf(state) !== written) {
      written = signatureOf(state);
      await write(state).catch(() => undefined);
    }
  }
  return {
    /** @param {UploaderState} state */
    keep(state) {
      next = state;
      writing = writing.then(writeNext);
    },
    idle: () => writing,
  };
}

/** @param {UploaderState} state */
function signatureOf({ fileId, phase, layout, code, source }) {
  const facts = [fileId, phase, layout?.ackBytes, code, source.isFinished];
  return JSON.stringify(facts);
}
