import assert from "node:assert/strict";
import { test } from "node:test";
import {
  countGaps,
  fittingMarkers,
  markersWithin,
  withMarker,
} from "../../assets/js/core/markers.js";
import { describePublication } from "../../assets/js/upload/publication.js";

/** @typedef {import("../../assets/js/core/types.js").TakeMarker} TakeMarker */

/**
 * @param {number} frame
 * @param {Partial<TakeMarker>} [more]
 * @returns {TakeMarker}
 */
const marker = (frame, more = {}) => ({
  kind: "marker",
  frame,
  at: frame,
  ...more,
});

/** @param {number} frame @param {string} code */
const fault = (frame, code) => marker(frame, { kind: "fault", code });

test("each marker of a person is kept, a fault once a minute", () => {
  const all = [
    marker(1),
    marker(1),
    fault(2, "AUDIO_STALLED"),
    fault(3, "AUDIO_STALLED"),
    fault(4, "MICROPHONE_MUTED"),
    fault(60_002, "AUDIO_STALLED"),
  ].reduce(withMarker, /** @type {TakeMarker[]} */ ([]));
  assert.deepEqual(
    all.map(({ frame }) => frame),
    [1, 1, 2, 4, 60_002],
  );
  assert.equal(withMarker(all, fault(60_003, "AUDIO_STALLED")), all);
});

test("each time that a microphone goes or comes is one of its own", () => {
  const all = ["ENDED", "BACK", "ENDED", "OTHER", "MUTED", "MUTED", "SILENT"]
    .map((what, i) => fault(i, `MICROPHONE_${what}`))
    .reduce(withMarker, /** @type {TakeMarker[]} */ ([]));
  assert.equal(all.length, 7);
});

test("gaps are counted among what happened", () => {
  const gap = marker(5, { kind: "gap", frames: 9 });
  assert.equal(countGaps([marker(1), gap, gap]), 2);
});

test("of a long gap that was cut only its silence ends with the take", () => {
  const gap = marker(5, { kind: "gap", frames: 900, silent: 10 });
  assert.deepEqual(markersWithin([gap], 15), [gap]);
  assert.deepEqual(markersWithin([gap], 12), [{ ...gap, silent: 7 }]);
  assert.deepEqual(markersWithin([gap], 5), []);
});

test("what does not fit is left out, people's own markers last", () => {
  const own = Array.from({ length: 10 }, (_, i) =>
    marker(2 * i, { text: `Notiz ${i}: „ü“` }),
  );
  const others = Array.from({ length: 10 }, (_, i) => fault(2 * i + 1, "X"));
  const all = [...own, ...others];
  const size = (/** @type {TakeMarker[]} */ some) =>
    Buffer.byteLength(JSON.stringify(some));
  const kept = fittingMarkers(all, size(own) + 60);
  assert.deepEqual(
    kept.map(({ frame }) => frame),
    [0, 1, 2, 4, 6, 8, 10, 12, 14, 16, 18],
  );
  for (let most = 0; most < size(all) + 10; most += 7) {
    assert.ok(size(fittingMarkers(all, most)) <= most + 2, `${most}`);
  }
  assert.equal(fittingMarkers(all, size(all)).length, 20);
});

test("markers, segments and tone go to the server, within what it takes", () => {
  const markers = Array.from({ length: 2000 }, (_, i) =>
    marker(i, { text: "x".repeat(100) }),
  );
  const segments = [{ rate: 48000, channels: 1, frames: 9, at: 1 }];
  const recording = /** @type {any} */ ({
    name: "Take",
    timestamp: 1,
    durationMs: 1,
    mimeType: "audio/webm",
    peaks: new Uint8Array(2000),
    markers,
    segments,
    tone: { gain: 3, low: 0, mid: 0, high: 0, isPrinted: false },
  });
  const upload = { fileId: "a", totalChunks: 1, sizeBytes: 1, sha256: "ab" };
  const { metadata } = /** @type {any} */ (
    describePublication({ recording, ...upload })
  );
  assert.deepEqual(metadata.waveforge.segments, segments);
  assert.deepEqual(metadata.waveforge.tone, recording.tone);
  assert.ok(metadata.waveforge.markers.length > 300);
  assert.ok(JSON.stringify(metadata).length < 64 << 10);
});

test("each interruption of a take is one of its own", () => {
  const cut = {
    kind: /** @type {const} */ ("fault"),
    code: "TAKE_INTERRUPTED",
  };
  const once = withMarker([], { ...cut, frame: 10, at: 1000 });
  const twice = withMarker(once, { ...cut, frame: 20, at: 2000 });
  assert.deepEqual(
    twice.map(({ frame }) => frame),
    [10, 20],
  );
});

test("no microphone is gone for good because its return did not fit", () => {
  const breaks = Array.from({ length: 5 }, (_, i) => [
    fault(10 * i, "MICROPHONE_SILENT"),
    fault(10 * i + 1, "MICROPHONE_MUTED"),
    fault(10 * i + 5, "MICROPHONE_BACK"),
  ]).flat();
  const size = (/** @type {TakeMarker[]} */ some) =>
    Buffer.byteLength(JSON.stringify(some));
  for (let most = 0; most < size(breaks); most += 20) {
    const kept = fittingMarkers(breaks, most);
    assert.deepEqual(kept, breaks.slice(0, kept.length));
    assert.equal(kept.length % 3, 0, `${most}`);
  }
  assert.ok(fittingMarkers(breaks, size(breaks) / 2).length > 3);
  const ends = [...breaks, fault(90, "MICROPHONE_ENDED"), fault(99, "X")];
  const kept = fittingMarkers(ends, size(ends) - 20);
  assert.deepEqual(kept, ends.slice(0, -1), "gone for good, and so it says");
});
