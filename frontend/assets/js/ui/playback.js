/**
 * How recordings are played, as a person has set it, and where each was left.
 * Pure.
 *
 * @module
 */

import { toneOf } from "../core/tone.js";

/** @typedef {import("./ports.js").Tone} Tone */
/** @typedef {{rate: number, volume: number, isLooped: boolean, tone: Tone}} Playback
 *   volume: 1 is as recorded; tone: of its numbers only the bands */
/** @typedef {{id: string, seconds: number}[]} Positions the latest first */

export const RATES = Object.freeze([0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]);
export const MOST_VOLUME = 2;

const MOST_POSITIONS = 200;
const SHORTEST_SECONDS = 60;
const EDGE_SECONDS = 10;

/** @param {any} stored @returns {Playback} */
export function playbackOf(stored) {
  const { rate, volume, isLooped, tone } = Object(stored);
  return {
    rate: RATES.find((each) => each === rate) ?? 1,
    volume: volume >= 0 && volume <= MOST_VOLUME ? Number(volume) : 1,
    isLooped: isLooped === true,
    tone: { ...toneOf(tone), gain: 0, isPrinted: false },
  };
}

/** @param {unknown} stored @returns {Positions} */
export function positionsOf(stored) {
  return Array.isArray(stored) ? stored : [];
}

/**
 * @param {Positions} positions
 * @param {string} id
 * @returns {number} seconds; 0: from its beginning
 */
export function positionIn(positions, id) {
  return positions.find((each) => each.id === id)?.seconds ?? 0;
}

/**
 * Notes where a recording was left. Of a short one, and near either end, nothing
 * is noted: it then begins anew.
 *
 * @param {Positions} positions
 * @param {{id: string, seconds: number, length: number}} left
 * @returns {Positions}
 */
export function leavePosition(positions, { id, seconds, length }) {
  const others = positions.filter((each) => each.id !== id);
  const isInside =
    length >= SHORTEST_SECONDS &&
    seconds >= EDGE_SECONDS &&
    seconds <= length - EDGE_SECONDS;
  return isInside
    ? [{ id, seconds }, ...others].slice(0, MOST_POSITIONS)
    : others;
}
