/**
 * What is remembered of moments of a take: people's markers and notes, and what
 * happened to it.
 *
 * @module
 */

import { isGone, isOfMicrophone } from "./interruptions.js";

/** @typedef {import("./types.js").TakeMarker} TakeMarker */

/** The same fault within this time is no further one. */
const SAME_FAULT_MS = 60_000;

/** This one does not last: each is another one. */
const INTERRUPTED = "TAKE_INTERRUPTED";

/** @param {TakeMarker} marker  whether a like one may stand for it */
function isRepeatable({ kind, code }) {
  return kind === "fault" && code !== INTERRUPTED && !isOfMicrophone(code);
}

/**
 * A take's markers with one more; the same array if it says nothing new.
 *
 * @param {TakeMarker[]} markers
 * @param {TakeMarker} marker
 * @returns {TakeMarker[]}
 */
export function withMarker(markers, marker) {
  const isKnown = markers.some(
    ({ kind, code, at }) =>
      isRepeatable(marker) &&
      kind === "fault" &&
      code === marker.code &&
      marker.at - at < SAME_FAULT_MS,
  );
  return isKnown ? markers : [...markers, marker];
}

/**
 * Markers of a take that ended before all was written that they tell of: a gap is
 * no longer than its silence is, and none if it has none.
 *
 * @param {TakeMarker[]} markers
 * @param {number} end  frames of the take
 * @returns {TakeMarker[]}
 */
export function markersWithin(markers, end) {
  return markers
    .map((marker) => markerWithin(marker, end))
    .filter((marker) => marker.kind !== "gap" || silenceOf(marker) !== 0);
}

/**
 * @param {TakeMarker} marker
 * @param {number} end
 * @returns {TakeMarker}
 */
function markerWithin(marker, end) {
  const frame = Math.min(marker.frame, end);
  const { frames, silent } = marker;
  const left = end - frame;
  return {
    ...marker,
    frame,
    ...(frames === undefined || silent !== undefined
      ? {}
      : { frames: Math.min(frames, left) }),
    ...(silent === undefined ? {} : { silent: Math.min(silent, left) }),
  };
}

/**
 * Frames of silence that a gap is in its take.
 *
 * @param {TakeMarker} gap
 */
export function silenceOf({ frames, silent = frames }) {
  return silent;
}

/**
 * How often audio is missing.
 *
 * @param {TakeMarker[]} markers
 */
export function countGaps(markers) {
  return markers.filter(({ kind }) => kind === "gap").length;
}

/**
 * As many markers as fit into a text of JSON: what people noted goes before
 * what happened, what is earlier before what is later. No microphone is gone to
 * the end only because there was no room to tell that it came back.
 *
 * @param {TakeMarker[]} markers
 * @param {number} mostBytes
 * @returns {TakeMarker[]} in the order of time
 */
export function fittingMarkers(markers, mostBytes) {
  const encoder = new TextEncoder();
  /** @param {TakeMarker} marker */
  const isOwn = ({ kind }) => kind === "marker";
  const byWorth = [
    ...markers.filter(isOwn),
    ...markers.filter((marker) => !isOwn(marker)),
  ];
  let bytes = 0;
  const end = byWorth.findIndex((marker) => {
    bytes += encoder.encode(JSON.stringify(marker)).length + 1;
    return bytes > mostBytes;
  });
  const kept = end < 0 ? byWorth : byWorth.slice(0, end);
  kept.sort((one, other) => one.frame - other.frame);
  const lastBack = kept.map(isBack).lastIndexOf(true);
  return kept.filter(
    (marker, i) =>
      i < lastBack ||
      !isGone(marker.code) ||
      !markers.slice(markers.indexOf(marker)).some(isBack),
  );
}

/** @param {TakeMarker} marker  whether it tells that there is a microphone again */
function isBack({ code }) {
  return isOfMicrophone(code) && !isGone(code);
}

/** @typedef {Pick<TakeMarker, "kind" | "text" | "code"> & {seconds: number, lost?: number}} Moment */

/**
 * A marker on the take's own clock.
 *
 * @param {TakeMarker} marker
 * @param {number} rate of the take
 * @returns {Moment}
 */
export function momentOf({ kind, text, code, frame, frames }, rate) {
  const lost = frames === undefined ? {} : { lost: frames / rate };
  return { kind, text, code, seconds: frame / rate, ...lost };
}

const KINDS = ["marker", "start", "pause", "gap", "fault"];
const FALLBACK_RATE = 48_000;

/**
 * The moments of a recording, of whatever stands in its row or in its metadata.
 *
 * @param {any} studio
 * @returns {Moment[]} in the order of time
 */
export function momentsOf(studio) {
  const { markers, segments, granted } = Object(studio);
  const rate = segments?.[0]?.rate ?? granted?.sampleRate ?? FALLBACK_RATE;
  const known = Array.isArray(markers)
    ? markers.filter(
        (marker) => KINDS.includes(marker?.kind) && marker.frame >= 0,
      )
    : [];
  return known
    .map((marker) => momentOf(marker, rate))
    .sort((one, other) => one.seconds - other.seconds);
}
