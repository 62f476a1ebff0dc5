/**
 * The peaks of a running take, and how many seconds its picture spans.
 *
 * @module
 */

/** Points of the live waveform in a second, as the recorder sends them. */
export const POINTS_PER_SECOND = 20;

const SHORTEST_SPAN_SECONDS = 30;
const FIRST_ROOM = 4096;

/**
 * The whole take so far fits into its picture: the span doubles whenever the
 * take has filled it.
 *
 * @param {number} seconds
 */
export function spanFor(seconds) {
  let span = SHORTEST_SPAN_SECONDS;
  while (seconds > span) {
    span *= 2;
  }
  return span;
}

const STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];

/**
 * Where the ruler has its marks.
 *
 * @param {number} span seconds
 * @param {number} room how many labels fit
 * @returns {number[]} seconds
 */
export function ticksFor(span, room) {
  const step = STEPS.find((each) => span / each <= room) ?? span;
  const count = Math.floor(span / step);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** Peaks (min and max, int8) in the order of time, as many as come. */
export function createWaveData() {
  let min = new Int8Array(FIRST_ROOM);
  let max = new Int8Array(FIRST_ROOM);
  let length = 0;

  /** @param {number} wanted */
  function makeRoom(wanted) {
    if (wanted > min.length) {
      const room = Math.max(wanted, min.length * 2);
      min = grown(min, room);
      max = grown(max, room);
    }
  }

  return {
    get length() {
      return length;
    },
    clear() {
      length = 0;
    },
    /**
     * @param {number} from index of the first point
     * @param {ArrayLike<number>} lows
     * @param {ArrayLike<number>} highs
     */
    put(from, lows, highs) {
      const end = from + lows.length;
      makeRoom(end);
      if (from > length) {
        min.fill(0, length, from);
        max.fill(0, length, from);
      }
      min.set(lows, from);
      max.set(highs, from);
      length = Math.max(length, end);
    },
    /**
     * The largest swing between two points, 0 to 1.
     *
     * @param {number} from
     * @param {number} to exclusive
     */
    swing(from, to) {
      let swing = 0;
      for (let index = from; index < Math.min(to, length); index += 1) {
        swing = Math.max(swing, -min[index], max[index]);
      }
      return Math.min(1, swing / 127);
    },
  };
}

/** @param {Int8Array<ArrayBuffer>} points @param {number} room */
function grown(points, room) {
  const larger = new Int8Array(room);
  larger.set(points);
  return larger;
}
