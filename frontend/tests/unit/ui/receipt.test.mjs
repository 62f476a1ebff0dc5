import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessages } from "../../../assets/js/core/messages.js";
import { de, en } from "../support/texts.mjs";
import { describeReceipt } from "../../../assets/js/ui/receipt.js";

const SHA = "ab".repeat(32);

/** @param {"en" | "de"} language @param {object} [more] of the facts */
function linesIn(language, more = {}) {
  const messages = createMessages({ dictionaries: { en, de }, language });
  const lines = describeReceipt(messages, {
    name: "Interview",
    timestamp: Date.now(),
    durationMs: 4_351_000,
    sizeBytes: 1,
    gaps: 1,
    granted: { label: "USB", sampleRate: 48_000, echoCancellation: true },
    markers: [
      { kind: "gap", frame: 1, at: 1, frames: 144_000 },
      { kind: "fault", frame: 480_000, at: 1, code: "MICROPHONE_ENDED" },
      { kind: "fault", frame: 624_000, at: 4, code: "MICROPHONE_BACK" },
    ],
    segments: [],
    deviceSha256: SHA,
    serverSha256: SHA,
    ...more,
  });
  return Object.fromEntries(lines);
}

test("a receipt says how much there is, what befell it, and of whom it is", () => {
  const { made, length, events, sound, copies, sha256 } = linesIn("en");
  assert.match(made, /\d{4}/, "on which day, whenever it is read");
  assert.equal(length, "1:12:25 of 1:12:31");
  const gone = "1 interruption 0:03 (microphone)";
  assert.equal(events, `1 gap · 0 pauses · ${gone}`);
  assert.equal(sound, "USB, 48 kHz, mono, echo cancelling");
  assert.equal(copies, "The same here and on the server");
  assert.equal(sha256, SHA);
});

test("what it was heard with is told, and whether the take has it", () => {
  const tone = { gain: 6, low: 0, mid: -2.5, high: 0, isPrinted: false };
  assert.equal(linesIn("en").tone, undefined);
  assert.equal(
    linesIn("en", { tone }).tone,
    "gain +6 dB, 1 kHz −2.5 dB; not in the take itself",
  );
  assert.equal(
    linesIn("de", { tone: { ...tone, isPrinted: true } }).tone,
    "Verstärkung +6 dB, 1 kHz −2,5 dB; in die Aufnahme eingerechnet",
  );
});

test("in German, too", () => {
  const { length, copies, events } = linesIn("de");
  assert.equal(length, "1:12:25 von 1:12:31");
  const gone = "1 Unterbrechung 0:03 (Mikrofon)";
  assert.equal(events, `1 Lücke · 0 Pausen · ${gone}`);
  assert.equal(copies, "Hier und auf dem Server dieselbe");
});
