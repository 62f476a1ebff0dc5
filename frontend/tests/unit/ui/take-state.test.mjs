import assert from "node:assert/strict";
import { test } from "node:test";
import {
  beginState,
  isSent,
  phaseOf,
  reduceTake,
  wantedOf,
} from "../../../assets/js/ui/take-state.js";

/** @typedef {import("../../../assets/js/ui/take-state.js").TakeAction} TakeAction */

const RECORDING =
  /** @type {import("../../../assets/js/core/types.js").RecordingRow} */ ({
    id: "a",
    name: "Take",
    durationMs: 6000,
  });

/** @param {TakeAction[]} actions */
function after(...actions) {
  return actions.reduce(reduceTake, beginState("server"));
}

/** @type {TakeAction} */
const begins = { type: "recorder", state: "recording", id: "a" };

/** @param {number} frames @param {number} deviceSeconds @returns {TakeAction} */
function progress(frames, deviceSeconds) {
  return { type: "progress", frames, rate: 48000, deviceSeconds };
}

/**
 * @param {number} serverSeconds
 * @param {string} id
 * @returns {TakeAction}
 */
function upload(serverSeconds, id = "a", ackBytes = 1000 * serverSeconds) {
  const sent = { ackBytes, totalBytes: null, code: null };
  return {
    type: "upload",
    progress: { id, state: "uploading", serverSeconds, ...sent },
  };
}

test("the timer is what was recorded, at the take's own rate", () => {
  assert.equal(after(begins, progress(72000, 1)).seconds, 1.5);
});

test("what is safe on this device never goes back", () => {
  const state = after(begins, progress(96000, 2), progress(96000, 1));
  assert.equal(state.deviceSeconds, 2);
});

test("what the server no longer has is not said to be safe there", () => {
  const lost = after(begins, upload(600), upload(0));
  assert.equal(lost.serverSeconds, 0);
  assert.equal(reduceTake(lost, upload(2)).serverSeconds, 2);
});

test("an upload that pauses has lost nothing of what the server has", () => {
  const paused = upload(0, "a", 600_000);
  assert.equal(after(begins, upload(600), paused).serverSeconds, 600);
});

test("the upload of another take says nothing about this one", () => {
  assert.equal(after(begins, upload(7, "b")).serverSeconds, 0);
});

test("a take that has ended is kept in its place, with its true length", () => {
  const state = after(
    begins,
    progress(240000, 4),
    { type: "recorder", state: "stopping", id: "a" },
    { type: "recorder", state: "armed", id: null },
    { type: "finished", recording: RECORDING },
  );
  assert.equal(phaseOf(state), "kept");
  assert.equal(state.seconds, 6);
  assert.equal(state.deviceSeconds, 6);
  assert.equal(state.id, "a");
});

test("uploads go on counting for a take that is kept", () => {
  const state = after(
    begins,
    { type: "finished", recording: RECORDING },
    upload(6),
  );
  assert.equal(state.serverSeconds, 6);
});

test("a new take begins from nothing", () => {
  const state = after(
    begins,
    { type: "level", peakDb: -3, clipped: true },
    progress(48000, 1),
    { type: "recorder", state: "armed", id: null },
    { type: "finished", recording: RECORDING },
    { type: "recorder", state: "recording", id: "b" },
  );
  assert.deepEqual(state, {
    ...beginState("server"),
    recorder: "recording",
    id: "b",
  });
});

test("markers are shown at their second, until the next take", () => {
  /** @type {TakeAction[]} */
  const marked = [
    begins,
    progress(96000, 1),
    {
      type: "marker",
      rate: 48000,
      marker: { kind: "marker", frame: 72000, at: 1, text: "Meyer" },
    },
    {
      type: "marker",
      rate: 48000,
      marker: { kind: "gap", frame: 72000, at: 2, frames: 24000 },
    },
  ];
  const state = after(...marked);
  assert.equal(state.frames, 96000);
  const shown = state.markers.map(({ seconds, text, lost }) => [
    seconds,
    text ?? lost,
  ]);
  assert.deepEqual(shown, [
    [1.5, "Meyer"],
    [1.5, 0.5],
  ]);
  /** @type {TakeAction[]} */
  const again = [{ type: "recorder", state: "armed", id: null }, begins];
  assert.deepEqual(after(...marked, ...again).markers, []);
});

test("resuming a paused take begins nothing", () => {
  const state = after(
    begins,
    progress(48000, 1),
    { type: "recorder", state: "paused", id: "a" },
    begins,
  );
  assert.equal(state.seconds, 1);
});

test("levels count only while it records", () => {
  const level = /** @type {TakeAction} */ ({
    type: "level",
    peakDb: 0,
    clipped: true,
  });
  assert.equal(after(level).isClipped, false);
  const state = after(
    begins,
    { type: "level", peakDb: -12, clipped: false },
    level,
    {
      type: "level",
      peakDb: -40,
      clipped: false,
    },
  );
  assert.equal(state.peakDb, 0);
  assert.equal(state.isClipped, true);
});

test("nothing dismisses or redirects a take that runs", () => {
  const state = after(begins, progress(48000, 1));
  assert.equal(reduceTake(state, { type: "dismissed" }), state);
  assert.equal(
    reduceTake(state, { type: "destination", wanted: "device" }),
    state,
  );
});

test("dismissing leaves the microphone and the destination as they are", () => {
  const state = after(
    { type: "destination", wanted: "device" },
    begins,
    { type: "recorder", state: "armed", id: null },
    { type: "finished", recording: RECORDING },
    { type: "dismissed" },
  );
  assert.deepEqual(state, { ...beginState("device"), recorder: "armed" });
});

test("where a kept take goes is its own, whatever is chosen for the next", () => {
  const recording = { ...RECORDING, wanted: /** @type {const} */ ("later") };
  const kept = after(
    begins,
    { type: "finished", recording },
    { type: "recorder", state: "armed", id: "a" },
    { type: "destination", wanted: "server" },
  );
  assert.equal(wantedOf(kept), "later");
  assert.equal(isSent(kept), false);
  assert.equal(isSent(reduceTake(kept, upload(1))), true);
});

test("of an upload that is given up nothing is left on the server", () => {
  const recording = { ...RECORDING, wanted: /** @type {const} */ ("server") };
  const sent = after(begins, upload(3), { type: "finished", recording });
  assert.equal(isSent(sent), true);
  const other = reduceTake(sent, { type: "uploadCancelled", id: "b" });
  assert.equal(other, sent);
  const given = reduceTake(sent, { type: "uploadCancelled", id: "a" });
  assert.equal(isSent(given), false);
  assert.equal(given.serverSeconds, 0);
});
