/**
 * How many requests at a time a page makes for finished recordings, found out by
 * trying: the fewest that carry about as much as any other number does. Pure.
 *
 * What each number carries is measured over six requests of each lane, so that
 * answers which come in bursts mislead nobody. A neighbour that is not known is
 * tried, the higher one first; after a while all is forgotten but the present
 * one, since lines change.
 *
 * @module
 */

/**
 * @typedef {object} Lanes
 * @property {number} count requests at a time
 * @property {readonly (number | null)[]} rates bytes a millisecond of each count,
 *   from 1 on; null: not known
 * @property {number} spans measured since all was forgotten
 * @property {number | null} since when it is being measured; null: not yet
 * @property {number} bytes that have arrived since
 * @property {number} answers since
 */

export const MOST_LANES = 3;
const ANSWERS_OF_A_LANE = 6;
const LEAST_MS = 1000;
/** Less of a gain is chance, or not worth another request at a time. */
const GAIN = 1.1;
const SPANS_UNTIL_FORGOTTEN = 12;

/** @type {Lanes} */
export const FIRST_LANES = Object.freeze({
  count: 2,
  rates: [null, null, null],
  spans: 0,
  since: null,
  bytes: 0,
  answers: 0,
});

/**
 * A request has been answered while all lanes were busy.
 *
 * @param {Lanes} lanes
 * @param {number} size bytes that have arrived by it
 * @param {number} at milliseconds, never going back
 * @returns {Lanes}
 */
export function carry(lanes, size, at) {
  if (lanes.since === null) {
    return { ...lanes, since: at, bytes: 0, answers: 0 };
  }
  const bytes = lanes.bytes + size;
  const answers = lanes.answers + 1;
  const ms = at - lanes.since;
  const isEnough =
    answers % (ANSWERS_OF_A_LANE * lanes.count) === 0 && ms >= LEAST_MS;
  return isEnough
    ? choose(noteRate(lanes, bytes / ms), at)
    : { ...lanes, bytes, answers };
}

/**
 * Not all lanes were busy, or a request has failed: what has been measured so far
 * says nothing.
 *
 * @param {Lanes} lanes
 * @returns {Lanes}
 */
export function interrupt(lanes) {
  return lanes.since === null ? lanes : { ...lanes, since: null };
}

/**
 * @param {Lanes} lanes
 * @param {number} rate of the present count
 * @returns {Lanes}
 */
function noteRate(lanes, rate) {
  const isOld = lanes.spans >= SPANS_UNTIL_FORGOTTEN;
  const rates = lanes.rates.map((known, place) =>
    place === lanes.count - 1 ? rate : isOld ? null : known,
  );
  return { ...lanes, rates, spans: isOld ? 0 : lanes.spans + 1 };
}

/**
 * @param {Lanes} lanes
 * @param {number} at
 * @returns {Lanes}
 */
function choose(lanes, at) {
  const best = findBest(lanes.rates);
  const neighbours = [best + 1, best - 1];
  const untried = neighbours.find(
    (count) => lanes.rates[count - 1] === null, // undefined: there is none
  );
  // Requests of the number before are still under way: begin to count anew.
  const isSame = (untried ?? best) === lanes.count;
  const since = isSame ? at : null;
  return { ...lanes, count: untried ?? best, since, bytes: 0, answers: 0 };
}

/**
 * @param {Lanes["rates"]} rates of which one is known
 * @returns {number} the fewest lanes that carry about the most
 */
function findBest(rates) {
  const most = Math.max(...rates.map((rate) => rate ?? 0));
  return rates.findIndex((rate) => (rate ?? 0) * GAIN >= most) + 1;
}
