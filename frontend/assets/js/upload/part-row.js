/**
 * What a part says of itself to the server: the recording's row, cut to it. Pure.
 *
 * @module
 */
import { interruptionsOf, isGone } from "../core/interruptions.js";
import { partName } from "../core/parts.js";

/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").TakeMarker} TakeMarker */

const FALLBACK_RATE = 48_000;

/**
 * @param {RecordingRow} recording
 * @param {{place: number, from: number, length: number, isLast?: boolean}} part seconds;
 *   isLast: what is at its very end is its own
 * @returns {RecordingRow}
 */
export function describePart(
  recording,
  { place, from, length, isLast = false },
) {
  const { name, timestamp, durationMs, peaks, markers = [] } = recording;
  const { segments, granted } = recording;
  const rate = segments?.[0]?.rate ?? granted?.sampleRate ?? FALLBACK_RATE;
  const start = Math.round(from * rate);
  const frames = Math.round(length * rate);
  const own = [
    ...goneAt(markers, start),
    ...gapsAt(markers, start),
    ...markers.filter(({ frame }) => frame >= start),
  ]
    .map((marker) => ({ ...marker, frame: marker.frame - start }))
    .filter(({ frame }) => frame < frames || (isLast && frame === frames));
  const whole = durationMs / 1000;
  return {
    ...recording,
    segments: segments?.slice(0, 1).map((segment) => ({
      ...segment,
      frames,
    })),
    name: partName(name, place),
    timestamp: timestamp + from * 1000,
    durationMs: length * 1000,
    peaks:
      peaks && whole > 0 ? stretch(peaks, from / whole, length / whole) : null,
    markers: own,
    gaps: own.filter(({ kind }) => kind === "gap").length,
  };
}

/**
 * What begins an interruption that is not over there, as if it began there.
 *
 * @param {TakeMarker[]} markers
 * @param {number} start frame
 * @returns {TakeMarker[]} one, or none
 */
function goneAt(markers, start) {
  const faults = markers.filter(({ kind }) => kind === "fault");
  const open = interruptionsOf(faults, Infinity).find(
    ({ from, to }) => from < start && to > start,
  );
  return faults
    .filter(({ code, frame }) => isGone(code) && frame === open?.from)
    .slice(0, 1)
    .map((marker) => ({ ...marker, frame: start }));
}

/**
 * What is missing up to some place behind there, as if it were missing from there.
 *
 * @param {TakeMarker[]} markers
 * @param {number} start frame
 * @returns {TakeMarker[]}
 */
function gapsAt(markers, start) {
  return markers.flatMap((marker) => {
    const { kind, frame, frames = 0, silent = frames } = marker;
    const before = start - frame;
    if (kind !== "gap" || before <= 0 || silent <= before) {
      return [];
    }
    const isCut = silent < frames;
    const rest = { ...marker, frame: start, frames: frames - before };
    return [isCut ? { ...rest, silent: silent - before } : rest];
  });
}

/**
 * @param {Uint8Array} peaks pairs
 * @param {number} from
 * @param {number} length of it, both as a fraction
 */
function stretch(peaks, from, length) {
  const pairs = peaks.length / 2;
  const stretched = new Uint8Array(peaks.length);
  for (let i = 0; i < pairs; i += 1) {
    const at = Math.floor(pairs * from + i * length);
    const pair = Math.min(pairs - 1, at);
    stretched.set(peaks.subarray(2 * pair, 2 * pair + 2), 2 * i);
  }
  return stretched;
}
