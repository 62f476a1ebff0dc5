import assert from "node:assert/strict";
import { test } from "node:test";
import { describeDevice } from "../../assets/js/library/diagnostics.js";
import { describeChoices } from "../../assets/js/ui/device-card.js";

const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

/** Nothing of it is among the words that a device stores by itself. */
const SECRET = /sesame|öffne|token/iu;
const SECRETS = Object.freeze([
  "Sesame",
  "SESAME_CODE",
  "sesame",
  "https://studio.example/?token=sesame",
  "öffne dich",
  'a "sesame"\n',
]);

/** @param {number} turn */
const secret = (turn) => SECRETS[turn % SECRETS.length];

/**
 * All that people, servers and devices call something by is a secret here.
 *
 * @param {number} turn
 * @returns {any}
 */
function fullRow(turn) {
  const text = secret(turn);
  const copy = { fileId: text, at: 5, sha256: text, sizeBytes: 6 };
  return {
    id: turn % 2 ? ID : text,
    name: text,
    timestamp: 1000,
    durationMs: 2000,
    sizeBytes: 6,
    mimeType: `audio/${turn % 2 ? text : "webm;codecs=opus"}`,
    sha256: text,
    peaks: new Uint8Array(2),
    state: "finished",
    uploaded: copy,
    wanted: "server",
    gaps: 1,
    granted: { label: text, deviceId: text, sampleRate: 48_000, groupId: text },
    tone: { gain: 1, low: 0, mid: 0, high: 0, isPrinted: false, name: text },
    markers: [{ frame: 3, kind: "marker", at: 4, text, note: text }],
    segments: [{ rate: 48_000, channels: 1, frames: 9, at: 1, label: text }],
    parts: [{ from: 0, before: null, to: null, seconds: 0, uploaded: copy }],
    title: text,
    [text]: text,
  };
}

/** @param {number} turn @returns {any} */
function fullDevice(turn) {
  const row = fullRow(turn);
  const text = secret(turn);
  return {
    at: 1,
    version: "1.0.0",
    browser: { storage: { persisted: true } },
    preferences: {},
    recordings: [row],
    takes: [{ ...row, startedAt: 1, rate: 48_000, owner: text }],
    uploads: [{ ...row, fileId: text, state: "failed", error: "FORBIDDEN" }],
    outbox: [{ kind: "rename", name: text, fileId: text }],
    serverRecordings: [{ ...row, filename: text, metadata: { a: text } }],
    log: [
      { at: 1, from: "page", kind: "start", version: "1.0.0", url: text },
      { at: 1, from: "page", kind: "fault", code: "STORAGE_FULL", take: text },
      { at: 1, from: "page", kind: text },
      text,
    ],
  };
}

test("no name, note, label or address is in the diagnostics", () => {
  for (let turn = 0; turn < 2 * SECRETS.length; turn += 1) {
    const text = JSON.stringify(describeDevice(fullDevice(turn)));
    assert.doesNotMatch(text, SECRET, `turn ${turn}`);
    assert.ok(!text.includes(ID), "a whole id");
  }
});

test("what a fault is found by is in the diagnostics", () => {
  const told = describeDevice(fullDevice(1));
  assert.equal(told.savedAt, "1970-01-01T00:00:00.001Z");
  assert.deepEqual(told.counts, {
    recordings: 1,
    changesTheServerHasNotHeardOf: 1,
    recordingsTheServerListed: 1,
  });
  const [row] = told.recordings;
  assert.deepEqual(
    [row.id, row.state, row.durationMs, row.sizeBytes, row.uploadedAt],
    ["0f8fad5b", "finished", 2000, 6, "1970-01-01T00:00:00.005Z"],
  );
  assert.deepEqual(row.markers?.[0].kind, "marker");
  assert.equal(told.uploads[0].error, "FORBIDDEN");
  assert.deepEqual(
    told.log.map(({ kind, code }) => [kind, code]),
    [
      ["start", undefined],
      ["fault", "STORAGE_FULL"],
    ],
  );
  const own = describeDevice({ ...fullDevice(0), recordings: [fullRow(0)] });
  assert.equal(own.recordings[0].id, "other");
});

test("of the settings no microphone and no place in a recording is told", () => {
  const one = (/** @type {unknown} */ value) => ({ value });
  const tone = { gain: 0, low: 0, mid: 0, high: 0, isPrinted: false };
  const choices = /** @type {any} */ ({
    language: one("de"),
    theme: one(null),
    singleKeys: one(true),
    sound: one({ preset: "voice", channels: 1, deviceId: "sesame" }),
    preRoll: one(10),
    uploadLimit: one(null),
    chunkSize: one(null),
    wanted: "server",
    format: "opus",
    tone,
    hasCountIn: false,
    stopAfter: 0,
    playback: { rate: 1, volume: 1, isLooped: false, tone },
    positions: [{ id: "sesame", seconds: 61 }],
    librarySort: "newest",
    microphoneNames: ["sesame"],
  });
  const told = describeChoices(choices);
  assert.doesNotMatch(JSON.stringify(told), SECRET);
  assert.deepEqual(told.sound, {
    preset: "voice",
    channels: 1,
    isMicrophoneChosen: true,
  });
  assert.equal(told.rememberedPositions, 1);
});
