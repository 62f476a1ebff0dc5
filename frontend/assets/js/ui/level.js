/**
 * Levels in words. Peaks are dB below full scale, -Infinity for silence.
 *
 * @module
 */

/** @typedef {import("../core/messages.js").Messages} Messages */
/** @typedef {"silent" | "quiet" | "good" | "loud" | "clipped"} Verdict */

export const FLOOR_DB = -60;
const QUIET_DB = -32;
const LOUD_DB = -3;

/**
 * @param {number} peakDb
 * @param {boolean} isClipped
 * @returns {Verdict}
 */
export function judgeLevel(peakDb, isClipped) {
  if (isClipped) {
    return "clipped";
  }
  if (!(peakDb > FLOOR_DB)) {
    return "silent";
  }
  if (peakDb < QUIET_DB) {
    return "quiet";
  }
  return peakDb < LOUD_DB ? "good" : "loud";
}

/**
 * How full the meter is, 0 to 1.
 *
 * @param {number} peakDb
 */
export function levelFraction(peakDb) {
  return Math.min(1, Math.max(0, 1 - peakDb / FLOOR_DB));
}

/**
 * @param {Messages} messages
 * @param {number} peakDb
 */
export function levelText(messages, peakDb) {
  if (!(peakDb > FLOOR_DB)) {
    return messages.text("level.silent");
  }
  const value = wholeDecibels(messages, peakDb);
  return messages.text("level.decibels", { value });
}

/**
 * For the ear: the value and what to think of it.
 *
 * @param {Messages} messages
 * @param {number} peakDb
 * @param {boolean} isClipped
 */
export function levelWords(messages, peakDb, isClipped) {
  const verdict = messages.text(
    `verdict.short.${judgeLevel(peakDb, isClipped)}`,
  );
  const value = wholeDecibels(messages, Math.max(FLOOR_DB, peakDb));
  return messages.text("level.words", { value, verdict });
}

/**
 * The highest of the latest levels, held for a while before it falls.
 *
 * @param {{levels: number, fallDb: number}} options levels: how many it is held;
 *   fallDb: by how much it falls with each after that
 */
export function createPeakHold({ levels, fallDb }) {
  let heldDb = -Infinity;
  let age = 0;
  return {
    /** @param {number} peakDb @returns {number} what is held now */
    add(peakDb) {
      age = peakDb >= heldDb ? 0 : age + 1;
      if (age === 0) {
        heldDb = peakDb;
      } else if (age > levels) {
        heldDb = Math.max(peakDb, heldDb - fallDb);
      }
      return heldDb;
    },
    clear() {
      heldDb = -Infinity;
      age = 0;
    },
  };
}

/**
 * A window over the latest levels; its peak is what the level check judges.
 *
 * @param {number} count of levels it looks back
 */
export function createPeakWindow(count) {
  /** @type {{peakDb: number, clipped: boolean}[]} */
  let latest = [];
  return {
    /** @param {{peakDb: number, clipped: boolean}} level */
    add(level) {
      latest = [...latest.slice(1 - count), level];
    },
    clear() {
      latest = [];
    },
    get isFull() {
      return latest.length === count;
    },
    get peakDb() {
      return Math.max(-Infinity, ...latest.map(({ peakDb }) => peakDb));
    },
    get isClipped() {
      return latest.some(({ clipped }) => clipped);
    },
  };
}

/**
 * @param {Messages} messages
 * @param {number} peakDb
 */
function wholeDecibels(messages, peakDb) {
  const rounded = Math.round(peakDb);
  return messages.number(rounded === 0 ? 0 : rounded).replace("-", "−");
}
