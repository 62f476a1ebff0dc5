/**
 * Compares twice a second what the clocks of a running take say: the frames that
 * were written, the audio context, and those of the machine. Audio that is lost is
 * lost without a word otherwise.
 *
 * @module
 */

import {
  TOLERANCE,
  compareClocks,
  isSameAudio,
  isGettingOn,
  isStill,
  lostBetween,
} from "./clocks.js";

/** @typedef {import("./clocks.js").Reading} Reading */

const PERIOD_MS = 500;

/** So often, each time for a second, a spool may be found where it was. */
const MOST_STILL = 10;

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
 * @param {(lost: number) => void} options.onMoving  the audio system that had
 *     stalled goes on by itself, and has lost so many seconds
 * @param {() => void} options.onWell  whenever a reading says so
 * @param {AbortSignal} options.signal
 */
export function startWatchdog({ read, onFault, onMoving, onWell, signal }) {
  /** A second ago, or when all was well. */
  let before = read();
  let latest = before;
  let isSuspected = false;
  const spool = judgeSpool(onFault);
  const stall = judgeStall(onMoving);

  /** @param {Reading} since @param {Reading} now */
  function judge(since, now) {
    const isStalled = latest !== null && stall.isOn(latest, now);
    const code = isStalled ? "AUDIO_STALLED" : compareClocks(since, now);
    const isSure = code !== null && isSuspected;
    isSuspected = code !== null && !isSure;
    if (code !== "AUDIO_STALLED") {
      stall.isOver(now);
    }
    if (isSure) {
      befall(code, since, now);
      before = { ...now, written: due(since, now) };
    }
    return code;
  }

  /** @param {string} code @param {Reading} since @param {Reading} now */
  function befall(code, since, now) {
    if (code === "AUDIO_STALLED") {
      stall.isSure(since);
      onFault(code);
    } else {
      spool.isBehind(now.written);
    }
  }

  function look() {
    const now = read();
    if (!before || !now) {
      stall.isOver(null);
      isSuspected = false;
      before = now;
    } else if (judge(before, now) === null) {
      if (latest && isGettingOn(latest, now)) {
        spool.isWell();
        onWell();
      }
      before = latest;
    }
    latest = now;
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

/**
 * How much is lost while the audio system stands still.
 *
 * @param {(lost: number) => void} onMoving  it is the same one that goes on
 */
function judgeStall(onMoving) {
  /** @type {Reading | null} */
  let since = null;
  return {
    /** @param {Reading} before  the last one that was well */
    isSure(before) {
      since ??= before;
    },
    /** @param {Reading} latest @param {Reading} now */
    isOn: (latest, now) => since !== null && isStill(latest, now),
    /** @param {Reading | null} now  null: the take is paused */
    isOver(now) {
      const lost =
        since && now && isSameAudio(since, now) ? lostBetween(since, now) : 0;
      since = null;
      if (lost > TOLERANCE) {
        onMoving(lost);
      }
    },
  };
}
