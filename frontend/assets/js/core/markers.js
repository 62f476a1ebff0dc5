/**
 * What is remembered of moments of a take: people's markers and notes, and what
 * happened to it.
 *
 * @module
 */

/** @typedef {import("./types.js").TakeMarker} TakeMarker */

/** The same fault within this time is no further one. */
const SAME_FAULT_MS = 60_000;

/** This one does not last: each is another one. */
const INTERRUPTED = "TAKE_INTERRUPTED";

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
      kind === "fault" &&
      marker.kind === "fault" &&
      marker.code !== INTERRUPTED &&
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
 * what happened, what is earlier before what is later.
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
  return kept.sort((one, other) => one.frame - other.frame);
}
