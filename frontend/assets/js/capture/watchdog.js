/**
 * Compares once a second what three clocks say of a running take: the frames
 * that were written, the audio context, and the wall. Audio that is lost is lost
 * without a word otherwise.
 *
 * @module
 */

/**
 * @typedef {object} Reading  all in seconds, since any moment
 * @property {number} written  frames that the spool has
 * @property {number} context
 * @property {number} wall
 */

const PERIOD_MS = 1000;
const TOLERANCE = 0.5;

/** So often, each time for two seconds, a spool may be found where it was. */
const MOST_STILL = 5;

/**
 * What went wrong between two readings; null if nothing did.
 *
 * @param {Reading} before
 * @param {Reading} now
 * @returns {"AUDIO_STALLED" | "SPOOL_LATE" | null}
 */
export function compareClocks(before, now) {
  const wall = now.wall - before.wall;
  const context = now.context - before.context;
  const written = now.written - before.written;
  if (context < 0) {
    return null; // It is another one.
  }
  if (context < wall - TOLERANCE) {
    return "AUDIO_STALLED";
  }
  return written < context - TOLERANCE ? "SPOOL_LATE" : null;
}

/**
 * A fault is told when two readings in a row say it: after a long task of the
 * page what the spool said in the meantime is only just being heard.
 *
 * A spool that is behind is late, however far, as long as it gets on: what is meant
 * for it waits. One that had begun and does not get on at all has failed, unless it
 * turns out otherwise.
 *
 * @param {object} options
 * @param {() => Reading | null} options.read  null while the take is paused
 * @param {(code: "AUDIO_STALLED" | "SPOOL_LATE" | "SPOOL_FAILED") => void} options.onFault
 *     of the spool once until all is well
 * @param {() => void} options.onWell  whenever a reading says so
 * @param {AbortSignal} options.signal
 */
export function startWatchdog({ read, onFault, onWell, signal }) {
  let before = read();
  let isSuspected = false;
  const spool = judgeSpool(onFault);

  function look() {
    const now = read();
    const code = before && now && compareClocks(before, now);
    const isWell = before !== null && now !== null && code === null;
    const isSure = code !== null && isSuspected;
    isSuspected = code !== null && !isSure;
    if (before && now && isSure) {
      code === "SPOOL_LATE" ? spool.isBehind(now.written) : onFault(code);
      before = { ...now, written: due(before, now) };
    }
    if (code === null) {
      before = now;
    }
    if (isWell) {
      spool.isWell();
      onWell();
    }
  }

  const timer = setInterval(look, PERIOD_MS);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

/**
 * What should be written by now.
 *
 * @param {Reading} before
 * @param {Reading} now
 */
function due(before, now) {
  return before.written + now.context - before.context;
}

/**
 * Tells a spool that is slow from one that is dead.
 *
 * @param {(code: "SPOOL_LATE" | "SPOOL_FAILED") => void} onFault  once each
 */
function judgeSpool(onFault) {
  /** @type {Set<string>} */
  const told = new Set();
  let last = -1;
  let still = 0;
  return {
    /** @param {number} written */
    isBehind(written) {
      still = written === last ? still + 1 : 0;
      last = written;
      const isDead = still >= MOST_STILL && written > 0;
      const code = isDead ? "SPOOL_FAILED" : "SPOOL_LATE";
      if (!told.has(code)) {
        told.add(code);
        onFault(code);
      }
    },
    isWell() {
      told.clear();
      still = 0;
    },
  };
}
